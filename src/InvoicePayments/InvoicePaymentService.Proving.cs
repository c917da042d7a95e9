using System.Runtime.CompilerServices;

namespace InvoicePayments;

/// <content>What reads the whole history of an invoice: the proof that nobody changed it, and the journal.</content>
internal sealed partial class InvoicePaymentService
{
    private const int PageSize = 1_000;

    public async Task<FactVerification?> VerifyFactsAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        var of = tenant ?? TenantId.Default;
        _ = Require(queries);
        while (true)
        {
            if (await GetInvoiceAsync(invoice, of, cancellationToken).ConfigureAwait(false) is not { } known) return null;
            var verifier = new FactVerifier(known);
            var beyond = 0;
            await foreach (var fact in FactsAsync(invoice, of, cancellationToken).ConfigureAwait(false))
            {
                verifier.Take(fact);
                if (fact.Sequence > known.FactCount) beyond++;
            }

            // What is newer than the invoice was committed meanwhile, or else somebody has added it.
            if (beyond == 0 || verifier.End() is FactVerification.Tampered) return verifier.End();
            if (await GetInvoiceAsync(invoice, of, cancellationToken).ConfigureAwait(false) is { } now && now.FactCount == known.FactCount)
                return new FactVerification.Tampered(known.FactCount + 1, $"Invoice {invoice} has {known.FactCount} facts, and more are there.");
        }
    }

    public async Task<FactVerification?> VerifyCreditFactsAsync(CreditAddress credit, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        var of = tenant ?? TenantId.Default;
        var port = Require(credits);
        while (true)
        {
            if (await FindCreditAsync(credit, of, cancellationToken).ConfigureAwait(false) is not { } known) return null;
            var verifier = new CreditFactVerifier(known);
            var beyond = 0;
            for (long? after = null; ;)
            {
                var page = await port.ListCreditFactsAsync(of, credit, after, PageSize, cancellationToken).ConfigureAwait(false);
                foreach (var fact in page.Items) verifier.Take(fact);
                beyond += page.Items.Count(fact => fact.Sequence > known.FactCount);
                if ((after = page.Next) is null) break;
            }

            if (beyond == 0 || verifier.End() is FactVerification.Tampered) return verifier.End();
            if (await FindCreditAsync(credit, of, cancellationToken).ConfigureAwait(false) is { } now && now.FactCount == known.FactCount)
                return new FactVerification.Tampered(known.FactCount + 1, $"The {credit.Currency.Code} credit of account {credit.Account} has {known.FactCount} facts, and more are there.");
        }
    }

    public async Task<InvoiceJournal> GetJournalAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        _ = Require(queries);
        var journal = new InvoiceJournal();
        await foreach (var fact in FactsAsync(invoice, tenant ?? TenantId.Default, cancellationToken).ConfigureAwait(false)) journal.Post(fact);
        return journal;
    }

    private async IAsyncEnumerable<InvoiceEvent> FactsAsync(InvoiceId invoice, TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? after = null; ;)
        {
            var page = await queries!.ListFactsAsync(tenant, invoice, after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var fact in page.Items) yield return fact;
            if ((after = page.Next) is null) yield break;
        }
    }
}
