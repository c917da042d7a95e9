namespace InvoicePayments;

/// <summary>What the core says is to be done: a closed set. It changes nothing by itself.</summary>
/// <typeparam name="TResult">What the caller is answered in the end.</typeparam>
public abstract record Decision<TResult>
{
    private Decision()
    {
    }

    /// <summary>Store the changes, if any, and answer.</summary>
    /// <param name="Changes">What to store; null when nothing changes.</param>
    /// <param name="Result">What to answer once it is stored.</param>
    public sealed record Answer(ChangeSet? Changes, TResult Result) : Decision<TResult>;

    /// <summary>Store the changes, which reserve the money, and then ask the gateway to move it.</summary>
    /// <param name="Changes">What to store first.</param>
    /// <param name="Operation">The operation, as stored.</param>
    /// <param name="Command">What to ask.</param>
    public sealed record Ask(ChangeSet Changes, PaymentOperation Operation, GatewayCommand Command) : Decision<TResult>;

    /// <summary>Store the claim, and then ask the gateway what became of the operation.</summary>
    /// <param name="Changes">What to store first.</param>
    /// <param name="Operation">The operation, as claimed; what is learned counts only while it stands at this version.</param>
    /// <param name="Trace">What to ask about.</param>
    /// <param name="ByCaller">Whether the caller who wants the money moved is waiting, rather than a background recovery.</param>
    /// <param name="Cancel">Whether the payer's time is over, so that the gateway is asked to call it off where it can.</param>
    public sealed record Resolve(ChangeSet Changes, PaymentOperation Operation, OperationTrace Trace, bool ByCaller, bool Cancel = false) : Decision<TResult>;

    /// <summary>
    /// Store what nobody here knows anything about yet, and then decide once more: what it is about may have been stored at the same moment,
    /// by somebody who could not see it either.
    /// </summary>
    /// <param name="Changes">What is kept.</param>
    /// <param name="Again">What to decide then.</param>
    public sealed record Park(ChangeSet Changes, IDecidable<TResult> Again) : Decision<TResult>;

    /// <summary>Nothing is decided yet: load what has turned out to matter as well, and decide then.</summary>
    /// <param name="Again">What to decide, which says what more to load.</param>
    public sealed record LoadMore(IDecidable<TResult> Again) : Decision<TResult>;

    /// <summary>
    /// Store the changes, if any, take in what the gateway said about the operation before it was known here, and then find out how it
    /// stands: a gateway that has reported on it must not be asked to move the money as if it were new.
    /// </summary>
    /// <param name="Changes">What to store first; null when nothing changes.</param>
    /// <param name="Operation">The operation, as stored.</param>
    /// <param name="Heard">What was kept about it.</param>
    /// <param name="ByCaller">Whether the caller who wants the money moved is waiting.</param>
    public sealed record Recall(ChangeSet? Changes, PaymentOperation Operation, IReadOnlyList<ParkedOutcome> Heard, bool ByCaller) : Decision<TResult>;
}

/// <summary>Something that can be decided: a command (somebody wants something) or an outcome (the gateway said something). There is no third kind.</summary>
/// <typeparam name="TResult">What the caller is answered in the end.</typeparam>
public interface IDecidable<TResult>
{
    /// <summary>The tenant it is about.</summary>
    TenantId Tenant { get; }

    /// <summary>What has to be known to decide it.</summary>
    LoadRequest WhatToLoad(PaymentPolicy policy);

    /// <summary>Decides: the same input gives the same decision, and nothing else is looked at.</summary>
    Decision<TResult> Decide(InvoiceState state, DecisionContext context);
}

/// <summary>What a decision may rely on beside the state.</summary>
/// <param name="Policy">The host's choices.</param>
/// <param name="Now">The time, UTC.</param>
/// <param name="Gateways">The registered gateways by name.</param>
public sealed record DecisionContext(PaymentPolicy Policy, DateTimeOffset Now, IReadOnlyDictionary<GatewayName, GatewayTerms> Gateways);
