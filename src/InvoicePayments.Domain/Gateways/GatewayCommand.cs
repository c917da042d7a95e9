using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>What a gateway is asked to do. It is kept until the operation is final, so that exactly the same can be asked again.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Charge), "charge")]
[JsonDerivedType(typeof(Refund), "refund")]
[JsonDerivedType(typeof(Authorize), "authorize")]
[JsonDerivedType(typeof(Capture), "capture")]
[JsonDerivedType(typeof(Void), "void")]
[JsonDerivedType(typeof(RequestLink), "request_link")]
public abstract record GatewayCommand
{
    private GatewayCommand()
    {
    }

    /// <summary>The tenant in whose name money moves.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The gateway that is asked.</summary>
    public required GatewayName Gateway { get; init; }

    /// <summary>Our reference for this one operation: 26 letters and digits, new per operation, the same on every resend.</summary>
    public required GatewayReference Reference { get; init; }

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }

    /// <summary>Which recipient accounts the amount goes to, or comes back from (Stax: split funding); null when it is not split.</summary>
    public FundingSplit? Funding { get; init; }

    /// <summary>The host's own key/value pairs, for the gateway's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What kind of operation it is.</summary>
    [JsonIgnore]
    public abstract OperationKind Kind { get; }

    /// <summary>What asks the payer's bank, and so carries what the payer pays with.</summary>
    public abstract record FromPayer : GatewayCommand
    {
        private protected FromPayer()
        {
        }

        /// <summary>The token to charge: a stored method's or a single-use one.</summary>
        public required PaymentToken Token { get; init; }

        /// <summary>Whether <see cref="Token"/> may be used only once.</summary>
        public bool SingleUse { get; init; }

        /// <summary>The payer's account, for gateways that know customers.</summary>
        public required AccountId Account { get; init; }

        /// <summary>Whether the payer is there (on session) or not (off session).</summary>
        public PaymentInitiator Initiator { get; init; }

        /// <summary>A description the payer may see.</summary>
        public string? Description { get; init; }

        /// <summary>The text on the payer's bank statement.</summary>
        public string? StatementDescriptor { get; init; }

        /// <summary>Where the payer comes back to after a challenge.</summary>
        public Uri? ReturnUrl { get; init; }
    }

    /// <summary>Take money.</summary>
    public sealed record Charge : FromPayer
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override OperationKind Kind => OperationKind.Charge;
    }

    /// <summary>
    /// Make a payment link, on whose page the payer chooses how to pay (Billingrails: payment_link). Answer
    /// <see cref="GatewayOutcome.ActionRequired"/> with a <see cref="PendingAction.PaymentLink"/>; what the payer does there is told under the
    /// same reference. The money moves at most once, however often the page is opened.
    /// </summary>
    public sealed record RequestLink : GatewayCommand
    {
        /// <summary>The payer's account, for gateways that know customers.</summary>
        public required AccountId Account { get; init; }

        /// <summary>Until when the link is wanted, UTC. A gateway that does not let one choose answers its own time.</summary>
        public required DateTimeOffset Until { get; init; }

        /// <summary>A description the payer may see.</summary>
        public string? Description { get; init; }

        /// <summary>The text on the payer's bank statement.</summary>
        public string? StatementDescriptor { get; init; }

        /// <summary>Where the payer comes back to.</summary>
        public Uri? ReturnUrl { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override OperationKind Kind => OperationKind.Charge;
    }

    /// <summary>Block money, to be captured later. The answer is <see cref="GatewayOutcome.Authorized"/>.</summary>
    public sealed record Authorize : FromPayer
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override OperationKind Kind => OperationKind.Authorize;
    }

    /// <summary>Take money that was blocked. What becomes of it is reported under this reference, never under that of the authorization.</summary>
    public sealed record Capture : GatewayCommand
    {
        /// <summary>The gateway's id of the authorization.</summary>
        public required GatewayPaymentId Of { get; init; }

        /// <summary>Whether it is the last capture: what it does not take is let go.</summary>
        public bool ReleaseRest { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override OperationKind Kind => OperationKind.Capture;
    }

    /// <summary>
    /// Undo before settlement, in whole. Answer success with the amount that was asked, and where it is too late refuse with
    /// <see cref="OperationError.AlreadySettled"/>.
    /// </summary>
    public sealed record Void : GatewayCommand
    {
        /// <summary>The gateway's id of the authorization, capture or charge.</summary>
        public required GatewayPaymentId Of { get; init; }

        /// <summary>Whether that is an authorization, of which nothing has moved (Vantiv: authReversal) rather than money that has.</summary>
        public required bool OfAuthorization { get; init; }

        /// <summary>Why, in the host's words.</summary>
        public string? Reason { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override OperationKind Kind => OperationKind.Void;
    }

    /// <summary>Give money back.</summary>
    public sealed record Refund : GatewayCommand
    {
        /// <summary>The gateway's id of the payment that is refunded.</summary>
        public required GatewayPaymentId Of { get; init; }

        /// <summary>Why, in the host's words.</summary>
        public string? Reason { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override OperationKind Kind => OperationKind.Refund;
    }
}
