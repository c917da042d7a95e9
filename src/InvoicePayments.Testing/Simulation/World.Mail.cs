using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace InvoicePayments;

/// <content>The gateway's notifications on their way: what arrives is raw, and says which of the letters it is.</content>
internal sealed partial class World
{
    private static readonly TimeSpan UntilItIsSentAgain = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly List<GatewayNews> _letters = [];

    /// <summary>What a notification tells.</summary>
    internal NotificationReading Read(RawNotification notification) => Utf8Parser.TryParse(notification.Body.Span, out int letter, out _)
        ? new NotificationReading.Told(_letters[letter])
        : new NotificationReading.Rejected(new("body_unreadable", "The simulated notification is no letter of this world."));

    /// <summary>An operator who has delivered once more whatever was given up of a tenant.</summary>
    internal static async Task<IReadOnlyList<DeadLetter>> ReleaseAsync(IInvoicePaymentService service, TenantId tenant)
    {
        var dead = await service.ListDeadLettersAsync(tenant: tenant).ConfigureAwait(false);
        foreach (var letter in dead) await service.ReleaseDeadLetterAsync(letter.Stream, tenant).ConfigureAwait(false);
        return dead;
    }

    /// <summary>Sends it to any host, until one has taken it.</summary>
    private void Send(GatewayNews letter, TenantId tenant, string words)
    {
        var raw = new RawNotification(Encoding.UTF8.GetBytes(_letters.Count.ToString(CultureInfo.InvariantCulture)), NoHeaders);
        _letters.Add(letter);
        Client? client = null;
        client = new(
            this, words,
            async service =>
            {
                var receipt = await service.ReceiveAsync(Workload.Gateway, raw).ConfigureAwait(false);
                if (receipt.Reading is NotificationReading.NotNow) Queue.Add(UntilItIsSentAgain, null, client!.Ask);
                return receipt;
            },
            tenant, operation: null, insists: true);
        Queue.Add(Faults.NewsDelay(), null, client.Ask);
    }
}
