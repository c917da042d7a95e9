namespace InvoicePayments;

/// <content>What happens once no rule refuses: the operation and its payment, and what the gateway is asked.</content>
public sealed partial record PayInvoice
{
    private Decision<PaymentResult>.Answer PayZero(
        InvoiceState state, DecisionContext context, Payables payables, OperationId id, PaymentAllocation allocation)
    {
        var change = new StateChange(state, context);
        var now = context.Now;
        var done = change.Record(
            OperationOf(payables, id, allocation, now) with { Status = OperationStatus.Succeeded, Moved = allocation.Total, AnsweredAt = now },
            PaymentOf(payables, id, allocation, now) with { Status = OperationStatus.Succeeded, SucceededAt = now });
        return new(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    private Decision<PaymentResult> Charge(
        InvoiceState state, DecisionContext context, Payables payables, OperationId id, PaymentAllocation allocation, PaymentAllocation? byCredit,
        GatewayName gateway, GatewayTerms terms)
    {
        var now = context.Now;
        var operation = OperationOf(payables, id, allocation, now) with { Funding = Funding?.Of(allocation.Total) };
        var payment = PaymentOf(payables, id, allocation, now) with { Gateway = gateway, PaymentMethod = Token is null && LinkAt is null ? state.PaymentMethod!.Id : null };
        if (DuplicateRules.Refuse(state, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        var ask = AskOf(state, context, payables, operation, payment, gateway, terms);
        var beside = byCredit is null ? ((PaymentOperation, Payment)?)null : ByCredit(payables, StateChange.CreditIdOf(id), byCredit, now, follows: id);
        return CommandRules.Begin(state, context, operation, ask, terms, payment, beside);
    }

    private GatewayCommand AskOf(
        InvoiceState state, DecisionContext context, Payables payables, PaymentOperation operation, Payment payment, GatewayName gateway, GatewayTerms terms)
    {
        var (amount, descriptor) = (operation.Amount, payables.Details.StatementDescriptor);
        if (LinkAt is not null)
        {
            return new GatewayCommand.RequestLink
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = amount, Account = payables.Account,
                Until = context.Now + (terms.Profile.PaymentLinkTime ?? context.Policy.PaymentLinkLifetime),
                Description = payment.Description, StatementDescriptor = descriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            };
        }

        var token = Token ?? state.PaymentMethod!.Token;
        return CaptureLater
            ? new GatewayCommand.Authorize
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = amount, Account = payables.Account,
                Token = token, SingleUse = Token is not null, Initiator = Initiator,
                Description = payment.Description, StatementDescriptor = descriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            }
            : new GatewayCommand.Charge
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = amount, Account = payables.Account,
                Token = token, SingleUse = Token is not null, Initiator = Initiator,
                Description = payment.Description, StatementDescriptor = descriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            };
    }

    private Decision<PaymentResult> PayByCredit(
        InvoiceState state, DecisionContext context, Payables payables, OperationId id, PaymentAllocation byCredit)
    {
        var change = new StateChange(state, context);
        var (operation, payment) = ByCredit(payables, id, byCredit, context.Now, follows: null);
        if (DuplicateRules.Refuse(state, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        var done = change.Record(
            operation with { Status = OperationStatus.Succeeded, Moved = byCredit.Total, AnsweredAt = context.Now },
            payment with { Status = OperationStatus.Succeeded, SucceededAt = context.Now });
        return new Decision<PaymentResult>.Answer(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    // A payment of its own, so that it can be given back as what it was.
    private (PaymentOperation Operation, Payment Payment) ByCredit(
        Payables payables, OperationId id, PaymentAllocation byCredit, DateTimeOffset now, OperationId? follows) =>
        (OperationOf(payables, id, byCredit, now) with { Kind = OperationKind.Credit, Follows = follows },
         PaymentOf(payables, id, byCredit, now) with { Mode = PaymentMode.Credit });

    private PaymentOperation OperationOf(Payables payables, OperationId id, PaymentAllocation allocation, DateTimeOffset now) => new()
    {
        Tenant = Tenant, Id = id, Kind = allocation.Total.IsZero ? OperationKind.Charge : Kind, Payment = StateChange.PaymentIdOf(id), Account = payables.Account, Amount = allocation.Total,
        Allocation = allocation, Status = OperationStatus.Pending, Fingerprint = Meaning(), CreatedAt = now,
        Initiator = Initiator, Comment = Comment, Hold = CaptureLater && allocation.Total.IsPositive ? new(allocation, allocation.Total) : null,
    };

    private Payment PaymentOf(Payables payables, OperationId id, PaymentAllocation allocation, DateTimeOffset now) => new()
    {
        Tenant = Tenant, Id = StateChange.PaymentIdOf(id), Account = payables.Account, Amount = allocation.Total, Mode = PaymentMode.Online,
        Status = OperationStatus.Pending, Shares = Payment.SharesOf(allocation), Reference = Reference,
        Description = Description ?? payables.Details.Description, Metadata = Metadata, CreatedAt = now,
    };
}
