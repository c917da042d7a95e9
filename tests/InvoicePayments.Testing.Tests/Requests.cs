namespace InvoicePayments.Tests;

internal static class Requests
{
    private static int _last;

    public static Money Euro(long cents) => Money.FromMinorUnits(cents, Currency.EUR);

    public static GatewayCommand Charge(string token = "tok_visa", long cents = 1_250, string? reference = null) => new GatewayCommand.Charge
    {
        Tenant = new("acme"),
        Gateway = new("test"),
        Reference = new(reference ?? $"ref{Interlocked.Increment(ref _last)}"),
        Amount = Euro(cents),
        Token = new(token),
        Account = new("acc_1"),
    };

    public static GatewayCommand Refund(GatewayOutcome charge, long cents) => new GatewayCommand.Refund
    {
        Tenant = new("acme"),
        Gateway = new("test"),
        Reference = new($"ref{Interlocked.Increment(ref _last)}"),
        Amount = Euro(cents),
        Of = ((GatewayOutcome.Succeeded)charge).Id,
    };

    public static Task<GatewayOutcome> AskAsync(this ScriptedGateway gateway, GatewayCommand command) =>
        gateway.ExecuteAsync(command, TestContext.Current.CancellationToken);

    public static Task<GatewayResolution> ResolveAsync(this ScriptedGateway gateway, GatewayCommand command) =>
        gateway.ResolveAsync(new(command.Reference, command, default, default, null), TestContext.Current.CancellationToken);

    public static long Moved(this ScriptedGateway gateway) => gateway.Ledger.Total(Currency.EUR).MinorUnits;
}
