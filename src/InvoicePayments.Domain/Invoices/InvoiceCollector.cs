namespace InvoicePayments;

/// <summary>Who collects an invoice. What somebody else collects is not charged here too: the customer would pay twice.</summary>
public enum InvoiceCollector
{
    /// <summary>This host, by hand or by itself. The default.</summary>
    Host,

    /// <summary>
    /// A subscription engine, which charges it as <see cref="PaymentInitiator.Merchant"/>. A customer may pay it by hand only where
    /// <see cref="PaymentPolicy.AllowPayingSubscriptionInvoices"/> says so (Pelcro: only standalone invoices are paid).
    /// </summary>
    SubscriptionEngine,

    /// <summary>Apple's store: nothing is charged here (Chargebee: app_store).</summary>
    AppStore,

    /// <summary>Google's store: nothing is charged here (Chargebee: play_store).</summary>
    PlayStore,
}
