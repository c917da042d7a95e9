namespace InvoicePayments;

/// <summary>
/// One conversation with a gateway about one operation. It counts what really left this process, so that no pipeline, not even one of
/// the host's, can make it ask again where the gateway's guarantee does not cover that.
/// </summary>
internal sealed class Conversation(IPaymentGateway gateway, PaymentOperation operation, GatewayCommand command, TimeSpan callTime, TimeProvider time)
{
    private GatewayOutcome? _last;

    /// <summary>How often the gateway was called; with zero, provably nothing left this process.</summary>
    internal int Calls { get; private set; }

    /// <summary>Whether the same may be asked once more without any risk of moving money twice, and an answer can be hoped for.</summary>
    internal bool MayAskAgain
    {
        get
        {
            var guarantee = gateway.Profile.For(command);
            return guarantee.Duplicates != DuplicateRule.RejectedAsDuplicate && guarantee.CoversResend(operation.FirstSentAt!.Value, time.GetUtcNow() + callTime);
        }
    }

    internal async ValueTask<GatewayOutcome> AskAsync(CancellationToken cancellationToken)
    {
        if (Calls > 0 && !MayAskAgain) return _last ?? new GatewayOutcome.Unknown(new("not_resent", "Nothing was asked again: the gateway's guarantee does not cover it."));
        cancellationToken.ThrowIfCancellationRequested();
        Calls++;
        _last = null;

        // The adapter may not heed the token; whoever waits does.
        var outcome = await gateway.ExecuteAsync(command, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);

        // That this request was not sent says nothing about those before it.
        return _last = outcome is GatewayOutcome.NotSent never && Calls > 1 ? new GatewayOutcome.Unknown(never.Why) : outcome;
    }
}
