using Microsoft.AspNetCore.Http;

namespace InvoicePayments.Tests;

/// <summary>What becomes of requests and answers on their way: most arrive after a while; of those that do not there are five kinds, each as likely.</summary>
internal sealed class Trouble(int perHundred, TimeSpan latency)
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1.5);

    public async Task MeetAsync(HttpContext context, Func<Task<Func<Task>>> receive)
    {
        var kind = Random.Shared.Next(100) < perHundred ? Random.Shared.Next(1, 6) : 0;
        await WaitAsync();
        if (kind == 1)
        {
            // The request never arrives.
            context.Abort();
            return;
        }

        if (kind == 2)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var answer = await receive();
        await WaitAsync();
        if (kind == 3) await Task.Delay(TooLong);
        if (kind == 4) context.Abort();
        else if (kind == 5) context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        else await answer();
    }

    private Task WaitAsync() => Task.Delay(latency * (0.1 + (0.9 * Random.Shared.NextDouble())) / 2);
}
