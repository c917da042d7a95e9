using System.Net;
using System.Net.Http.Json;

namespace InvoicePayments.Tests;

/// <summary>The adapter of the gateway's process: replays for a day, and knows at once what never arrived.</summary>
internal sealed class HttpGateway(Uri address, Flaw flaw) : IPaymentGateway, IDisposable
{
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(0.4);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(0.5) }) { BaseAddress = address };

    public GatewayProfile Profile { get; } = new()
    {
        Operations = new[] { OperationKind.Charge, OperationKind.Authorize, OperationKind.Capture, OperationKind.Void, OperationKind.Refund }
            .ToDictionary(kind => kind, _ => new Guarantee { Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromDays(1), AbsenceProvenAfter = TimeSpan.FromMinutes(1) }),
        CapturesSeveralTimes = true,
    };

    public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        if (flaw == Flaw.FreesOnTimeout) return await ImpatientAsync(command);
        return await SendAsync(command, cancellationToken);
    }

    public async Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync($"/operations/{trace.Reference}", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound) return new GatewayResolution.Absent();
        if (!answer.IsSuccessStatusCode) return new GatewayResolution.NotYet();
        return new GatewayResolution.Found(OutcomeOf((await answer.Content.ReadFromJsonAsync(WireJson.Default.WireAnswer, cancellationToken))!));
    }

    public void Dispose() => _http.Dispose();

    private async Task<GatewayOutcome> SendAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.PostAsJsonAsync("/operations", RequestOf(command), WireJson.Default.WireRequest, cancellationToken);
            if (!answer.IsSuccessStatusCode) return Unknown($"http_{(int)answer.StatusCode}");
            return OutcomeOf((await answer.Content.ReadFromJsonAsync(WireJson.Default.WireAnswer, cancellationToken))!);
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return new GatewayOutcome.NotSent(new("no_connection", "Nobody listens there."));
        }
        catch (HttpRequestException broken)
        {
            return Unknown(broken.HttpRequestError.ToString());
        }
    }

    // What nobody may do.
    private async Task<GatewayOutcome> ImpatientAsync(GatewayCommand command)
    {
        using var patience = new CancellationTokenSource(Impatience);
        try
        {
            if (await SendAsync(command, patience.Token) is var outcome and not GatewayOutcome.Unknown) return outcome;
        }
        catch (OperationCanceledException)
        {
            // It goes on as if that were an answer.
        }

        return new GatewayOutcome.Refused(new("no_answer", "The gateway did not answer."));
    }

    private WireRequest RequestOf(GatewayCommand command) => new(
        command.Reference.Value + (flaw == Flaw.NewReference ? Random.Shared.Next(1_000, 10_000).ToString(System.Globalization.CultureInfo.InvariantCulture) : ""),
        command.Kind.ToString().ToLowerInvariant(), command.Amount.MinorUnits, command.Amount.Currency.Code,
        (command as GatewayCommand.FromPayer)?.Token.Reveal(),
        command switch
        {
            GatewayCommand.Capture capture => capture.Of.Value,
            GatewayCommand.Void undo => undo.Of.Value,
            GatewayCommand.Refund refund => refund.Of.Value,
            _ => null,
        },
        command is GatewayCommand.Capture { ReleaseRest: true } or GatewayCommand.Void { OfAuthorization: true });

    private static GatewayOutcome OutcomeOf(WireAnswer said)
    {
        var amount = Money.FromMinorUnits(said.Minor, Currency.FromCode(said.Currency));
        return said.State switch
        {
            "succeeded" => new GatewayOutcome.Succeeded(new(said.Id), amount),
            "authorized" => new GatewayOutcome.Authorized(new(said.Id), amount),
            "declined" => new GatewayOutcome.Declined(new(DeclineKind.InsufficientFunds, RetryAdvice.Later, said.Code!, "Your card was declined."), new GatewayPaymentId(said.Id)),
            _ => new GatewayOutcome.Refused(new(said.Code!, "The request was not accepted.")),
        };
    }

    private static GatewayOutcome.Unknown Unknown(string code) => new(new(code, "No answer came."));
}
