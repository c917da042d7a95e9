using FsCheck;
using FsCheck.Fluent;
using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What a gateway may say about one operation, and what is to be the same in whatever order it says it.</summary>
internal static class Evidence
{
    internal const int Asked = 600;

    private static readonly Gen<string> Ids = Gen.Elements("m_1", "m_2", "m_3");

    private static readonly Gen<GatewayOutcome> Movement = Gen.OneOf<GatewayOutcome>(
        Ids.Select(id => (GatewayOutcome)Success(Asked, id)),
        from id in Ids from part in Gen.Elements(1, 200, 599) select (GatewayOutcome)Partly(part, id));

    private static readonly Gen<GatewayOutcome> Wrong =
        from id in Ids
        from wrong in Gen.Elements<GatewayOutcome>(
            Success(Asked - 1, id), Success(Asked + 1, id), Partly(Asked + 1, id), Partly(0, id),
            new GatewayOutcome.Authorized(new(id), Eur(Asked - 1)),
            new GatewayOutcome.Succeeded(new(id), Money.FromMinorUnits(Asked, Currency.USD)))
        select wrong;

    private static readonly Gen<GatewayOutcome> Without = Gen.Elements<GatewayOutcome>(
        new GatewayOutcome.Declined(NoFunds), new GatewayOutcome.Declined(NoFunds, new("m_1")), new GatewayOutcome.Refused(NoAnswer),
        new GatewayOutcome.NotSent(NoAnswer), new GatewayOutcome.Canceled(), new GatewayOutcome.Canceled(new("m_2")),
        new GatewayOutcome.Expired());

    private static readonly Gen<GatewayOutcome> OnTheWay = Gen.Elements<GatewayOutcome>(
        new GatewayOutcome.Unknown(NoAnswer), new GatewayOutcome.Processing(), new GatewayOutcome.Processing(new("m_1"), Patience),
        Blocked(Asked, "m_1"), Blocked(400, "m_1", partial: true), Blocked(Asked, "m_1", fraud: FraudStatus.Suspicious, until: Noon.AddDays(1)), new GatewayOutcome.Authorized(new("m_2"), Eur(Asked)),
        Challenge("1"), Challenge("2"), Challenge("3", Noon.AddMinutes(10)),
        Challenge("1", Noon.AddMinutes(20)), Challenge("2", Noon.AddMinutes(20)));

    /// <summary>Up to five pieces of news, some of them repeated and some contradicting each other.</summary>
    internal static Gen<GatewayOutcome[]> Any { get; } =
        Gen.Frequency((4, Movement), (2, Wrong), (2, Without), (4, OnTheWay)).ArrayOf().Where(news => news.Length is > 0 and <= 5);

    /// <summary>Whether it is a success of what was asked: all of it, or of a charge a part that the gateway says it approved.</summary>
    internal static bool Fits(GatewayOutcome news, OperationKind kind) => news is GatewayOutcome.Succeeded { Moved: var moved } money
        && (moved == Eur(Asked) || (kind is (OperationKind.Charge or OperationKind.Authorize) && money.PartiallyApproved && IsPart(moved)));

    /// <summary>The word in which news ends an operation; null for news that does not.</summary>
    internal static OperationStatus? EndIn(GatewayOutcome news, OperationKind kind) => news switch
    {
        GatewayOutcome.Succeeded => Fits(news, kind) ? OperationStatus.Succeeded : null,
        GatewayOutcome.Declined => OperationStatus.Declined,
        GatewayOutcome.Refused or GatewayOutcome.NotSent => OperationStatus.Failed,
        GatewayOutcome.Canceled => OperationStatus.Canceled,
        GatewayOutcome.Expired => OperationStatus.Expired,
        _ => null,
    };

    private static bool IsPart(Money moved) => moved == Eur(Math.Clamp(moved.MinorUnits, 1, Asked - 1));
}
