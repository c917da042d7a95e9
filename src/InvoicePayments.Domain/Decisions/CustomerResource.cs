namespace InvoicePayments;

/// <summary>
/// What a host hands its customer after a payment (Pelcro: the customer resource with a fresh JWT). It is made for one answer, stored
/// nowhere, and its text is in no log.
/// </summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Body">The resource as the host's front end wants it, for example JSON. It may hold a token.</param>
public sealed record CustomerResource(AccountId Account, string Body)
{
    /// <summary>Whose it is, without the body.</summary>
    public override string ToString() => $"CustomerResource of {Account}";
}
