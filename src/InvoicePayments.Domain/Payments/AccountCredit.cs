using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// What an account has as credit in one currency: running sums in minor units, which never let it fall below zero. Credit comes in by paid
/// credit grants, overpayments that are kept and credit that is given back; it goes out by paying for what the account owes.
/// </summary>
public sealed record AccountCredit
{
    /// <summary>The tenant it belongs to.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Whose it is.</summary>
    public required AccountId Account { get; init; }

    /// <summary>In which currency; an account has one row for each.</summary>
    public required Currency Currency { get; init; }

    /// <summary>All that ever came in; only grows.</summary>
    public long Added { get; init; }

    /// <summary>All that ever went out; only grows.</summary>
    public long Spent { get; init; }

    /// <summary>Spoken for by operations that are not final.</summary>
    public long Reserved { get; init; }

    /// <summary>What a late refund at a gateway gave back and was not there any more to be taken back; only grows. A person's business.</summary>
    public long Missing { get; init; }

    /// <summary>The sequence number of its last fact; facts are numbered from one.</summary>
    public long FactCount { get; init; }

    /// <summary>The hash of its last fact; null while there is none. See <see cref="FactChain"/>.</summary>
    public Fingerprint? FactHash { get; init; }

    /// <summary>Grows by one with every commit that touches it; a commit on an older version is a conflict.</summary>
    public long Version { get; init; }

    /// <summary>What is there: added less spent.</summary>
    [JsonIgnore]
    public Money Balance => Of(checked(Added - Spent));

    /// <summary>What may still be spent: added less spent less reserved.</summary>
    [JsonIgnore]
    public Money Available => Of(checked(Added - Spent - Reserved));

    /// <summary>Whether the sums hold together: nothing negative, and what is spent or spoken for is there.</summary>
    [JsonIgnore]
    public bool Holds => Added >= 0 && Spent >= 0 && Reserved >= 0 && Missing >= 0 && Spent <= Added && Reserved <= Added - Spent;

    private Money Of(long minorUnits) => Money.FromMinorUnits(minorUnits, Currency);
}

/// <summary>Where to find an account's credit.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Currency">In which currency.</param>
public readonly record struct CreditAddress(AccountId Account, Currency Currency);
