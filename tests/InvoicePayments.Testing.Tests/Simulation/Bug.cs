namespace InvoicePayments.Tests;

/// <summary>Something that somebody got wrong in a store or an adapter, kept as a switch to show that the simulator finds it.</summary>
internal sealed record Bug(string Name, string Sentence)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Bug> All { get; } = [.. BooksBugs.All, .. ClaimBugs.All, .. LookUpBugs.All, .. GatewayBugs.All, .. CreditBugs.All, .. DisputeBugs.All, .. SharingBugs.All, .. LinkBugs.All];

    /// <summary>What looks as dangerous and is not, because something else holds.</summary>
    public static IReadOnlyList<Bug> Harmless { get; } = [.. ClaimBugs.Harmless];

    /// <summary>Opens the store that has it; null when the store is innocent.</summary>
    public Func<BuggyStore>? Store { get; init; }

    /// <summary>Puts the adapter that has it in front of the gateway; null when the adapter is innocent.</summary>
    public Func<IPaymentGateway, IPaymentGateway>? Gateway { get; init; }

    /// <summary>The gateway without the bug, when it is a difficult one: what nobody got wrong, and what makes the bug matter.</summary>
    public Func<IPaymentGateway, IPaymentGateway>? Innocent { get; init; }

    /// <summary>What the simulator is given: everything as it should be but this.</summary>
    public SimulationOptions Options
    {
        get
        {
            var options = OptionsWithout;
            if (Store is not null) options.OpenStore = Store;
            options.DecorateGateway = Gateway ?? Innocent;
            return options;
        }
    }

    /// <summary>The same without the bug.</summary>
    public SimulationOptions OptionsWithout => new() { DecorateGateway = Innocent };
}
