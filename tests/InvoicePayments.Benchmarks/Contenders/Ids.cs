using System.Globalization;

namespace InvoicePayments.Benchmarks;

/// <summary>The same names for everybody.</summary>
internal static class Ids
{
    internal static InvoiceId Invoice(int number) => new(string.Create(CultureInfo.InvariantCulture, $"inv_{number}"));

    /// <summary>Ten invoices an account.</summary>
    internal static AccountId Account(int number) => new(string.Create(CultureInfo.InvariantCulture, $"acc_{number / 10}"));
}
