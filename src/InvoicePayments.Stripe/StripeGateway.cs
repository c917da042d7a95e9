using System.Diagnostics;

namespace InvoicePayments;

/// <summary>
/// Pays through Stripe's payment intents. Our reference is the idempotency key of every request that moves money, and stands in the metadata of
/// what it made, so that a lost answer is found again: first by asking, and only then by sending the same request once more.
/// </summary>
internal sealed partial class StripeGateway(StripeDesk desk, StripeOptions options, TimeProvider time) : IPaymentGateway, ICancelOperations, IReadNotifications
{
    // Stripe keeps the answer to a key for at least a day.
    private static readonly Guarantee Guarantee = new()
    {
        Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromHours(24), AbsenceProvenAfter = TimeSpan.FromMinutes(10),
    };

    private readonly StripeSignature _signature = new([.. options.WebhookSecrets], options.WebhookTolerance);

    /// <inheritdoc/>
    public GatewayProfile Profile { get; } = new()
    {
        Operations = new Dictionary<OperationKind, Guarantee>
        {
            [OperationKind.Charge] = Guarantee, [OperationKind.Authorize] = Guarantee, [OperationKind.Capture] = Guarantee,
            [OperationKind.Void] = Guarantee, [OperationKind.Refund] = Guarantee,
        },
        PaymentLinks = Guarantee,
        PaymentLinkTime = TimeSpan.FromHours(24),
        EnrolledForSplitFunding = [.. options.SplitFundingFor],
    };

    /// <inheritdoc/>
    public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (amount, unsayable) = command is GatewayCommand.FromPayer or GatewayCommand.RequestLink ? StripeAmounts.ToCharge(command.Amount) : StripeAmounts.ToWire(command.Amount);
        if ((unsayable ?? PaymentForms.Problem(command)) is { } problem) return new GatewayOutcome.Refused(problem);
        try
        {
            return await AskAsync(command, amount, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            // What is not about the network goes on to whoever called, and is taken as unknown there.
            return StripeFailures.OutcomeOf(escaped)!;
        }
    }

    private Task<GatewayOutcome> AskAsync(GatewayCommand command, long amount, CancellationToken cancellationToken) => command switch
    {
        GatewayCommand.FromPayer payer => PayAsync(payer, amount, cancellationToken),
        GatewayCommand.RequestLink link => LinkAsync(link, amount, cancellationToken),
        GatewayCommand.Capture capture => CaptureAsync(capture, amount, cancellationToken),
        GatewayCommand.Void { OfAuthorization: true } undo => VoidAsync(undo, cancellationToken),
        GatewayCommand.Void => Task.FromResult<GatewayOutcome>(new GatewayOutcome.Refused(OperationError.AlreadySettled)),
        GatewayCommand.Refund refund => RefundAsync(refund, amount, cancellationToken),
        _ => throw new UnreachableException(),
    };

    // Once a request has been answered, a connection that cannot be made proves nothing any more.
    private static async Task<GatewayOutcome> AfterAsking(Func<Task<GatewayOutcome>> next)
    {
        try
        {
            return await next().ConfigureAwait(false);
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return new GatewayOutcome.Unknown(StripeFailures.ConnectionLost);
        }
    }

    private async Task<GatewayOutcome> PayAsync(GatewayCommand.FromPayer command, long amount, CancellationToken cancellationToken)
    {
        var (customer, method, _) = StripeToken.Split(command.Token);
        if (StripeToken.IsSingleUse(method))
        {
            var made = await desk.CreateMethodAsync(method, command.Reference, cancellationToken).ConfigureAwait(false);
            if (made.Read(StripeJson.Default.StripeMethod) is not { } kept || !made.IsOk) return StripeFailures.OutcomeOf(made);
            method = kept.Id;
        }

        var reply = await desk.CreateIntentAsync(PaymentForms.Intent(command, amount, customer, method), command.Reference, cancellationToken).ConfigureAwait(false);
        if (reply.IsServerError) return await AfterServerErrorAsync(command, reply, cancellationToken).ConfigureAwait(false);
        var intent = reply.IsOk ? reply.Read(StripeJson.Default.StripeIntent) : reply.Status == 402 ? reply.Error?.PaymentIntent : null;
        if (intent is null) return StripeFailures.OutcomeOf(reply);

        // What the refusal itself says goes before what the intent has kept of it.
        if (!reply.IsOk && intent.LastPaymentError is null) intent = intent with { LastPaymentError = reply.Error };
        return await AfterAsking(() => FinishAsync(command, intent, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<GatewayOutcome> LinkAsync(GatewayCommand.RequestLink command, long amount, CancellationToken cancellationToken)
    {
        if ((command.ReturnUrl ?? options.ReturnUrl) is not { } back)
            return new GatewayOutcome.Refused(new("return_url_missing", $"A payment link at Stripe needs an address to come back to: give a return URL, or set {nameof(StripeOptions)}.{nameof(StripeOptions.ReturnUrl)}."));

        var reply = await desk.CreateSessionAsync(PaymentForms.Session(command, amount, back), command.Reference, cancellationToken).ConfigureAwait(false);
        if (reply.IsServerError) return await AfterServerErrorAsync(command, reply, cancellationToken).ConfigureAwait(false);
        return reply.IsOk && reply.Read(StripeJson.Default.StripeSession) is { } session
            ? await AfterAsking(() => FinishAsync(command, session, cancellationToken)).ConfigureAwait(false)
            : StripeFailures.OutcomeOf(reply);
    }

    private async Task<GatewayOutcome> CaptureAsync(GatewayCommand.Capture command, long amount, CancellationToken cancellationToken)
    {
        var reply = await desk.CaptureAsync(command.Of, PaymentForms.Capture(command, amount), command.Reference, cancellationToken).ConfigureAwait(false);
        if (reply.IsServerError) return await AfterServerErrorAsync(command, reply, cancellationToken).ConfigureAwait(false);
        return reply.IsOk && reply.Read(StripeJson.Default.StripeIntent) is { } intent && IntentReading.CaptureOf(intent, command.Reference) is { } outcome
            ? outcome
            : StripeFailures.OutcomeOf(reply);
    }

    private async Task<GatewayOutcome> VoidAsync(GatewayCommand.Void command, CancellationToken cancellationToken)
    {
        var reply = await desk.CancelAsync(command.Of.Value, command.Reference, cancellationToken).ConfigureAwait(false);
        if (reply.IsServerError) return await AfterServerErrorAsync(command, reply, cancellationToken).ConfigureAwait(false);

        // Called off or captured before: the refusal shows how it stands.
        var intent = reply.IsOk ? reply.Read(StripeJson.Default.StripeIntent) : reply.Status == 400 ? reply.Error?.PaymentIntent : null;
        return intent is not null && IntentReading.VoidOf(intent, command.Amount) is { } outcome ? outcome : StripeFailures.OutcomeOf(reply);
    }

    private async Task<GatewayOutcome> RefundAsync(GatewayCommand.Refund command, long amount, CancellationToken cancellationToken)
    {
        var reply = await desk.CreateRefundAsync(PaymentForms.Refund(command, amount), command.Reference, cancellationToken).ConfigureAwait(false);
        if (reply.IsServerError) return await AfterServerErrorAsync(command, reply, cancellationToken).ConfigureAwait(false);
        return reply.IsOk && reply.Read(StripeJson.Default.StripeRefund) is { } refund
            ? await AfterAsking(() => FinishAsync(command, refund, cancellationToken)).ConfigureAwait(false)
            : StripeFailures.OutcomeOf(reply);
    }
}
