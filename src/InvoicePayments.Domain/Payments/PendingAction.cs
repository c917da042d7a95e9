using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>What the payer has to do before a payment can go on: 3-D Secure by redirect or in the host's own page, or pay on a page of the gateway.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Redirect), "redirect")]
[JsonDerivedType(typeof(ClientSecret), "client_secret")]
[JsonDerivedType(typeof(PaymentLink), "payment_link")]
public abstract record PendingAction
{
    private PendingAction()
    {
    }

    /// <summary>Where the payer goes; null where it is finished in the host's own page.</summary>
    [JsonIgnore]
    public Uri? Destination => this switch
    {
        Redirect redirect => redirect.Url,
        PaymentLink link => link.Url,
        _ => null,
    };

    /// <summary>Send the payer there (Rapyd: redirect_url).</summary>
    /// <param name="Url">An absolute address at the gateway.</param>
    public sealed record Redirect(Uri Url) : PendingAction;

    /// <summary>Show the payer this link, or send it: on its page the payer chooses a method and pays (Billingrails: payment_link).</summary>
    /// <param name="Url">An absolute address at the gateway.</param>
    public sealed record PaymentLink(Uri Url) : PendingAction;

    /// <summary>Let the gateway's front-end library finish it (Pelcro: payment_intent with requires_action).</summary>
    /// <param name="Secret">The secret for the payer's browser alone: it is in no log and in no fact.</param>
    public sealed record ClientSecret(PaymentToken Secret) : PendingAction;
}
