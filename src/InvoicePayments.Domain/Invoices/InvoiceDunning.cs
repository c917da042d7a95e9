using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>How far the collecting of an invoice has come.</summary>
/// <param name="State">Whether collection runs go on trying.</param>
/// <param name="Tries">How many charges were in vain since dunning began or was resumed.</param>
/// <param name="Round">How often it was resumed.</param>
/// <param name="Since">When the first of <paramref name="Tries"/> was in vain, UTC.</param>
/// <param name="NextAt">When to try again, UTC; only in progress.</param>
/// <param name="IsRefused">
/// Whether a bank has said to the last charge that none may follow it. No run charges again, whatever opens the invoice later, until an
/// operator resumes dunning or a charge of a run succeeds after all.
/// </param>
public sealed record InvoiceDunning(
    DunningState State, int Tries = 0, int Round = 0, DateTimeOffset? Since = null, DateTimeOffset? NextAt = null, bool IsRefused = false)
{
    /// <summary>No charge was in vain yet.</summary>
    public static InvoiceDunning None { get; } = new(DunningState.None);

    /// <summary>The number of the next charge: every round has a hundred of its own. A collection run makes the charge of one number once.</summary>
    [JsonIgnore]
    public int Attempt => checked((100 * Round) + Tries);

    /// <summary>As if no charge had been in vain.</summary>
    internal InvoiceDunning Over() => None with { Round = Round };

    /// <summary>The same, where the money came by another way: what a bank has refused for ever stays refused.</summary>
    internal InvoiceDunning OverByOtherMeans() => Over() with { IsRefused = IsRefused };
}
