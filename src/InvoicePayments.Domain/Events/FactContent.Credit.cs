using System.Diagnostics;

namespace InvoicePayments;

/// <content>What each fact of an account's credit says. Names and order are never changed here either.</content>
internal static partial class FactContent
{
    internal static void Write(CanonicalWriter writer, CreditEvent fact)
    {
        writer.Add("operation", fact.Operation.Value).Add("kind", fact.Kind.ToString()).Add("payment", fact.Payment.Value).Add("invoice", fact.Invoice.Value);
        switch (fact)
        {
            case CreditEvent.Added added:
                writer.Add("type", "credit.added").Add("amount", added.Amount);
                break;
            case CreditEvent.Held held:
                writer.Add("type", "credit.held").Add("amount", held.Amount);
                break;
            case CreditEvent.Spent spent:
                writer.Add("type", "credit.spent").Add("amount", spent.Amount).Add("released", spent.Released).Add("missing", spent.Missing);
                break;
            case CreditEvent.Freed freed:
                writer.Add("type", "credit.freed").Add("released", freed.Released);
                break;
            default:
                throw new UnreachableException($"{fact.GetType().Name} has no canonical form: give it a case in {nameof(FactContent)}.");
        }
    }
}
