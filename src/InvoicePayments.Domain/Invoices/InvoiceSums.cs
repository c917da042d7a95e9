namespace InvoicePayments;

/// <summary>
/// The running sums of an invoice, in minor units of its currency. All arithmetic about what may still be asked for is here and
/// nowhere else: <c>payable = total − settled − reserved</c>. Every channel goes through it.
/// </summary>
/// <param name="Received">All money that ever arrived for the invoice; only grows.</param>
/// <param name="Reserved">Money spoken for by operations that are not final.</param>
/// <param name="Refunded">All money that was given back; only grows.</param>
/// <param name="Reopened">The part of what was given back or taken that is due again.</param>
/// <param name="Unreserved">The part of <paramref name="Received"/> that came without a reservation: a late answer, a second success.</param>
/// <param name="Taken">All money that lost disputes and returned debits have taken; only grows.</param>
public readonly record struct InvoiceSums(long Received, long Reserved, long Refunded, long Reopened, long Unreserved, long Taken = 0)
{
    /// <summary>Money that counts towards the total: received, less what was given back or taken and is due again.</summary>
    public long Settled => checked(Received - Reopened);

    /// <summary>Money that is still here: received less refunded less taken.</summary>
    public long Net => checked(Received - Refunded - Taken);

    /// <summary>What is due of <paramref name="total"/>, whether somebody is already paying it or not; never below zero.</summary>
    public long DueOf(long total) => Math.Max(0, checked(total - Settled));

    /// <summary>The one formula: what may still be asked for of <paramref name="total"/>; never below zero.</summary>
    public long PayableOf(long total) => Math.Max(0, checked(total - Settled - Reserved));

    /// <summary>What is here beyond <paramref name="total"/>; never below zero.</summary>
    public long OverpaidOf(long total) => Math.Max(0, checked(Net - total));

    /// <summary>Whether the sums hold together: nothing negative, and settled plus reserved within the total unless unreserved money came in.</summary>
    public bool HoldFor(long total) =>
        Received >= 0 && Reserved >= 0 && Refunded >= 0 && Reopened >= 0 && Unreserved >= 0 && Taken >= 0
        && Reopened <= checked(Refunded + Taken) && Unreserved <= Received
        && checked(Settled + Reserved) <= checked(total + Unreserved);

    internal InvoiceSums Reserve(long amount) => this with { Reserved = checked(Reserved + amount) };

    internal InvoiceSums Release(long amount) => this with { Reserved = checked(Reserved - amount) };

    internal InvoiceSums Receive(long amount) => this with { Received = checked(Received + amount) };

    /// <summary>Money came unasked; what an authorization still held of it was reserved, the rest was not.</summary>
    internal InvoiceSums ReceiveUnreserved(long amount, long held = 0) => this with
    {
        Received = checked(Received + amount), Reserved = checked(Reserved - held), Unreserved = checked(Unreserved + amount - held),
    };

    internal InvoiceSums Take(long amount) => this with { Taken = checked(Taken + amount) };

    internal InvoiceSums Reopen(long amount) => this with { Reopened = checked(Reopened + amount) };

    internal InvoiceSums GiveBack(long amount, bool dueAgain) =>
        this with { Refunded = checked(Refunded + amount), Reopened = dueAgain ? checked(Reopened + amount) : Reopened };
}
