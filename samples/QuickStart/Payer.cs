namespace QuickStart;

/// <summary>Who is behind the browser.</summary>
internal static class Payer
{
    /// <summary>Passes a challenge: at a double by pressing the button of its page, at Stripe itself by whoever reads the screen.</summary>
    public static async Task PassAsync(Uri page, Screen screen)
    {
        if (!page.IsLoopback)
        {
            screen.Note($"Open {page} and complete it.");
            return;
        }

        screen.Note($"The payer goes to {page} and passes.");
        using var browser = new HttpClient();
        (await browser.GetAsync(new Uri($"{page}?result=pass"))).EnsureSuccessStatusCode();
    }
}
