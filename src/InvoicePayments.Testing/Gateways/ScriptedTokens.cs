namespace InvoicePayments;

/// <summary>
/// The tokens that a <see cref="ScriptedGateway"/> understands without a script, so that demos and tests of a user interface can choose
/// what happens by what they pay with. Any other token succeeds.
/// </summary>
public static class ScriptedTokens
{
    /// <summary>Succeeds.</summary>
    public static PaymentToken Visa { get; } = new("tok_visa");

    /// <summary>Is declined for insufficient funds; worth trying later.</summary>
    public static PaymentToken Declined { get; } = new("tok_declined");

    /// <summary>Wants the payer at a redirect, for a quarter of an hour.</summary>
    public static PaymentToken Challenge { get; } = new("tok_3ds");

    /// <summary>Wants the payer to confirm in the host's own page, by a client secret.</summary>
    public static PaymentToken ChallengeInPage { get; } = new("tok_3ds_secret");

    /// <summary>Is answered later.</summary>
    public static PaymentToken Processing { get; } = new("tok_processing");

    /// <summary>Moves money, and the answer is lost.</summary>
    public static PaymentToken LostAfter { get; } = new("tok_lost_after");

    /// <summary>Never arrives; the caller hears of a timeout.</summary>
    public static PaymentToken LostBefore { get; } = new("tok_lost_before");

    /// <summary>Is approved for half of what was asked.</summary>
    public static PaymentToken Partial { get; } = new("tok_partial");

    /// <summary>Moves one minor unit less than asked, without saying so.</summary>
    public static PaymentToken WrongAmount { get; } = new("tok_wrong_amount");

    /// <summary>Succeeds, and the gateway's risk check finds it suspicious.</summary>
    public static PaymentToken Suspicious { get; } = new("tok_suspicious");

    internal static Decline NoFunds { get; } = new(DeclineKind.InsufficientFunds, RetryAdvice.Later, "card_declined", "Your card was declined.");

    internal static OperationError Timeout { get; } = new("timeout", "The gateway did not answer in time.");

    internal static OperationError ServerError { get; } = new("server_error", "The gateway answered with an error of its own.");

    /// <summary>What the token of a command asks for; one without a token succeeds.</summary>
    internal static ScriptedBehaviour BehaviourOf(GatewayCommand command)
    {
        if (command is GatewayCommand.RequestLink) return ScriptedBehaviour.MakeLink();
        var amount = command.Amount;
        return (command as GatewayCommand.FromPayer)?.Token.Reveal() switch
        {
            "tok_declined" => ScriptedBehaviour.Decline(),
            "tok_3ds" => ScriptedBehaviour.RequireAction(),
            "tok_3ds_secret" => ScriptedBehaviour.RequireAction(new PendingAction.ClientSecret(new($"secret_{command.Reference}"))),
            "tok_processing" => ScriptedBehaviour.Process(),
            "tok_lost_after" => ScriptedBehaviour.LoseAnswerAfter(ScriptedBehaviour.Succeed()),
            "tok_lost_before" => ScriptedBehaviour.LoseAnswerBefore(),
            "tok_partial" when amount.MinorUnits > 1 => ScriptedBehaviour.PartiallyApprove(Money.FromMinorUnits(amount.MinorUnits / 2, amount.Currency)),
            "tok_wrong_amount" => ScriptedBehaviour.ReportWrongAmount(Money.FromMinorUnits(amount.MinorUnits - 1, amount.Currency)),
            "tok_suspicious" => ScriptedBehaviour.Suspect(),
            _ => ScriptedBehaviour.Succeed(),
        };
    }
}
