using System.Net;
using Microsoft.AspNetCore.Http;

namespace StripeDouble;

/// <summary>What a payer's browser sees: the bank's page of a challenge, and the page of a payment link.</summary>
internal static class Pages
{
    internal static async Task ServeAsync(World world, HttpContext context)
    {
        var steps = context.Request.Path.Value!.Trim('/').Split('/');
        var (kind, id) = (steps.ElementAtOrDefault(1), steps.ElementAtOrDefault(2) ?? "");
        var said = context.Request.Query["result"].FirstOrDefault();
        if (said is not null && kind == "challenge") world.FinishChallenge(id, said == "pass");
        if (said is not null && kind == "pay") world.PaySession(id, said);
        if (said is not null && BackFrom(world, kind, id) is { } back)
        {
            context.Response.Redirect(back);
            return;
        }

        context.Response.ContentType = "text/html";
        var links = kind == "challenge"
            ? "<p>Is it you?</p><p><a href=\"?result=pass\">Yes</a> <a href=\"?result=fail\">No</a></p>"
            : "<p>Pay with</p><p><a href=\"?result=pm_card_visa\">a card that works</a> <a href=\"?result=pm_card_chargeDeclined\">one that is declined</a></p>";
        await context.Response.WriteAsync($"<!doctype html><title>The double</title><h1>{WebUtility.HtmlEncode(id)}</h1>{(said is null ? links : "<p>Done.</p>")}");
    }

    private static string? BackFrom(World world, string? kind, string id) => kind == "pay"
        ? World.Text(world.All("checkout.session").FirstOrDefault(s => World.Text(s, "id") == id), "success_url")
        : null;
}
