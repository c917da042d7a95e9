using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Doubles of Stripe for the tests, held to the published description where it is on this machine.</summary>
internal static class Doubles
{
    private static readonly Lazy<ApiDescription> Description = new(() => ApiDescription.Load(DataFolder));

    /// <summary>Where Stripe's data is; null when it is not here.</summary>
    internal static string? DataFolder => ReferenceData.FolderOf("stripe");

    internal static Task<DoubleServer> StartAsync(TimeProvider? time = null) => DoubleServer.StartAsync(Description.Value, time);
}
