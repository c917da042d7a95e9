using Microsoft.AspNetCore.Http;

namespace InvoicePayments.Tests;

/// <summary>Where requests come in: POST asks for money to be moved, GET what became of a reference.</summary>
internal sealed class Door(Ledger ledger, Trouble trouble)
{
    public Task MeetAsync(HttpContext context) => trouble.MeetAsync(context, () => ReceiveAsync(context));

    private async Task<Func<Task>> ReceiveAsync(HttpContext context)
    {
        if (context.Request.Method == HttpMethods.Get) return Said(context, ledger.Find(context.Request.Path.Value!.Split('/')[^1]));
        var request = await context.Request.ReadFromJsonAsync(WireJson.Default.WireRequest);
        return Said(context, ledger.Receive(request!));
    }

    private static Func<Task> Said(HttpContext context, WireAnswer? answer)
    {
        if (answer is not null) return () => context.Response.WriteAsJsonAsync(answer, WireJson.Default.WireAnswer);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return () => Task.CompletedTask;
    }
}
