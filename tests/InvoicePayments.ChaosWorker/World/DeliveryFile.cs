using System.Diagnostics;
using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>Takes facts out to a file of the worker's own, and fails now and then.</summary>
internal sealed class DeliveryFile(string path, Flaw flaw) : IEventPublisher, IDisposable
{
    private readonly AppendedFile _file = new(path);

    public ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var luck = Random.Shared.Next(100);
        if (luck == 0) throw new IOException("The receiver is not there.");
        if (flaw == Flaw.LosesDeliveries && luck < 20) return default;
        var line = new Delivery(Stopwatch.GetTimestamp(), message.Fact.Invoice.Value, message.Fact.Sequence);
        _file.Append(line.ToString());
        return default;
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>One fact that was delivered.</summary>
/// <param name="At">When, by the clock that all processes of this machine share.</param>
/// <param name="Invoice">Of which invoice.</param>
/// <param name="Sequence">Which fact.</param>
internal readonly record struct Delivery(long At, string Invoice, long Sequence)
{
    public static Delivery Parse(string line)
    {
        var parts = line.Split(' ');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At} {Invoice} {Sequence}");
}
