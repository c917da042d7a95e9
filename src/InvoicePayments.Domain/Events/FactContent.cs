using System.Diagnostics;

namespace InvoicePayments;

/// <summary>
/// What each fact says, field by field, as it goes into its hash. Names and order are never changed: hashes that were stored are compared
/// with them. A new fact gets a case of its own.
/// </summary>
internal static partial class FactContent
{
    internal static void Write(CanonicalWriter writer, InvoiceEvent fact)
    {
        if (fact is InvoiceEvent.OperationEvent about) WriteOperation(writer, about);
        switch (fact)
        {
            case InvoiceEvent.Drafted drafted:
                writer.Add("type", "invoice.drafted").Add("account", drafted.Account.Value).Add("total", drafted.Total);
                break;
            case InvoiceEvent.Issued issued:
                writer.Add("type", "invoice.issued").Add("account", issued.Account.Value).Add("total", issued.Total).Add("due", Ticks(issued.DueAt));
                if (issued.Payable != PayableKind.Invoice) writer.Add("payable", issued.Payable.ToString()).Add("instalment_of", issued.InstalmentOf?.Value);
                break;
            case InvoiceEvent.Paid:
                writer.Add("type", "invoice.paid");
                break;
            case InvoiceEvent.Voided voided:
                writer.Add("type", "invoice.voided").Add("reason", voided.Reason);
                break;
            case InvoiceEvent.MarkedUncollectible lost:
                writer.Add("type", "invoice.marked_uncollectible").Add("reason", lost.Reason);
                break;
            case InvoiceEvent.DunningScheduled scheduled:
                writer.Add("type", "dunning.scheduled").Add("tries", scheduled.Tries).Add("next", scheduled.NextAt.UtcTicks);
                break;
            case InvoiceEvent.DunningExhausted exhausted:
                writer.Add("type", "dunning.exhausted").Add("tries", exhausted.Tries);
                break;
            case InvoiceEvent.DunningStopped stopped:
                writer.Add("type", "dunning.stopped").Add("reason", stopped.Reason);
                break;
            case InvoiceEvent.DunningResumed resumed:
                writer.Add("type", "dunning.resumed").Add("next", resumed.NextAt.UtcTicks);
                break;
            case InvoiceEvent.Started started:
                writer.Add("type", "operation.started").Add("reserved", started.Reserved);
                break;
            case InvoiceEvent.AskedAgain again:
                writer.Add("type", "operation.asked_again").Add("send", again.Send);
                break;
            case InvoiceEvent.ActionRequired action:
                writer.Add("type", "operation.action_required").Add("redirect", action.RedirectUrl?.OriginalString).Add("until", Ticks(action.Until));
                break;
            case InvoiceEvent.Authorized blocked:
                writer.Add("type", "operation.authorized").Add("approved", blocked.Approved).Add("id", blocked.GatewayPaymentId.Value)
                    .Add("expires", Ticks(blocked.ExpiresAt));
                break;
            case InvoiceEvent.Progressed progressed:
                Write(writer.Add("type", "operation.progressed").Add("status", progressed.Status.ToString()), progressed.Why);
                break;
            case InvoiceEvent.Succeeded moved:
                writer.Add("type", "operation.succeeded").Add("moved", moved.Moved).Add("released", moved.Released)
                    .Add("id", moved.GatewayPaymentId?.Value).Add("offline", moved.OfflineMethod?.ToString()).Add("due_again", moved.DueAgain ? 1 : 0);
                break;
            case InvoiceEvent.Ended ended:
                writer.Add("type", "operation.ended").Add("status", ended.Status.ToString()).Add("released", ended.Released);
                Write(Write(writer, ended.Decline), ended.Why);
                break;
            case InvoiceEvent.LateAnswer late:
                writer.Add("type", "operation.late_answer").Add("evidence_of", late.EvidenceOf.Value).Add("moved", late.Moved)
                    .Add("id", late.GatewayPaymentId.Value).Add("due_again", late.DueAgain ? 1 : 0);
                if (late.Released is { } released) writer.Add("released", released);
                break;
            case InvoiceEvent.DiscrepancySeen seen:
                writer.Add("type", "operation.discrepancy_seen").Add("asked", seen.Asked).Add("reported", seen.Reported).Add("id", seen.GatewayPaymentId.Value);
                break;
            case InvoiceEvent.SettledByHand settled:
                writer.Add("type", "operation.settled_by_hand").Add("happened", settled.Happened ? 1 : 0).Add("by", settled.By).Add("why", settled.Why);
                break;
            case InvoiceEvent.DisputeOpened opened:
                writer.Add("type", "operation.dispute_opened").Add("held", opened.Held).Add("dispute", opened.Dispute.Value)
                    .Add("reason", opened.Reason).Add("respond_by", Ticks(opened.RespondBy));
                break;
            case InvoiceEvent.DisputeWon won:
                writer.Add("type", "operation.dispute_won").Add("released", won.Released).Add("dispute", won.Dispute.Value);
                break;
            case InvoiceEvent.DisputeLost taken:
                writer.Add("type", "operation.dispute_lost").Add("taken", taken.Taken).Add("released", taken.Released).Add("dispute", taken.Dispute.Value);
                break;
            case InvoiceEvent.DebitReturned returned:
                Write(writer.Add("type", "operation.debit_returned").Add("taken", returned.Taken), returned.Why);
                break;
            case InvoiceEvent.Reopened reopened:
                writer.Add("type", "operation.reopened").Add("amount", reopened.Amount);
                break;
            default:
                throw new UnreachableException($"{fact.GetType().Name} has no canonical form: give it a case in {nameof(FactContent)}.");
        }
    }

    private static void WriteOperation(CanonicalWriter writer, InvoiceEvent.OperationEvent fact)
    {
        writer.Add("operation", fact.Operation.Value).Add("payment", fact.Payment.Value).Add("kind", fact.Kind.ToString()).Add("gateway", fact.Gateway?.Value);
        if (fact.Created is not { } created) return;
        writer.Add("created", created.Id.Value).Add("operation", created.Operation.Value).Add("account", created.Account.Value)
            .Add("amount", created.Amount).Add("moved", created.Moved).Add("mode", created.Mode.ToString()).Add("status", created.Status.ToString())
            .Add("gateway", created.Gateway?.Value).Add("id", created.GatewayPaymentId?.Value).Add("method", created.PaymentMethod?.Value)
            .Add("offline", created.OfflineMethod?.ToString()).Add("reference", created.Reference).Add("description", created.Description)
            .Add("redirect", created.RedirectUrl?.OriginalString).Add("deadline", Ticks(created.ActionDeadline)).Add("code", created.ErrorCode)
            .Add("message", created.ErrorMessage).Add("at", created.CreatedAt.UtcTicks).Add("succeeded", Ticks(created.SucceededAt));
    }

    private static CanonicalWriter Write(CanonicalWriter writer, Decline? decline) => decline is null
        ? writer.Add("decline", (string?)null)
        : writer.Add("decline", decline.Kind.ToString()).Add("advice", decline.Advice.ToString()).Add("raw", decline.RawCode).Add("message", decline.Message);

    private static CanonicalWriter Write(CanonicalWriter writer, OperationError? error) => error is null
        ? writer.Add("error", (string?)null)
        : writer.Add("error", error.Code).Add("message", error.Message);

    private static long Ticks(DateTimeOffset? at) => at is { } time ? time.UtcTicks : -1;
}
