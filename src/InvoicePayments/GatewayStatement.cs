namespace InvoicePayments;

/// <summary>What a gateway says moved in a period, to be compared with our records.</summary>
public sealed record GatewayStatement
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The gateway whose statement it is.</summary>
    public required GatewayName Gateway { get; init; }

    /// <summary>The lines, sorted by <see cref="GatewayStatementLine.Id"/> by the bytes of its UTF-8, so that no length of a statement has to fit in memory.</summary>
    public required IAsyncEnumerable<GatewayStatementLine> Lines { get; init; }

    /// <summary>Our movements from then on are expected in it, UTC; all of them when left out.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Our movements before then are expected in it, UTC; all of them when left out. What is listed beyond is compared all the same.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;
}
