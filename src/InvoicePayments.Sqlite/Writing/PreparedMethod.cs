using System.Text.Json;

namespace InvoicePayments;

/// <summary>A payment method to be stored over the one with the same id, of the same account.</summary>
internal sealed class PreparedMethod(StoredPaymentMethod method) : IPreparedWrite
{
    private readonly byte[] _body = Body(method);

    public bool Write(SqliteSession session)
    {
        if (BelongsToAnother(session)) return false;
        if (method.IsDefault) TakeMarkOffOthers(session);
        Save(session, method, _body);
        return true;
    }

    private bool BelongsToAnother(SqliteSession session)
    {
        var owner = session.Query(Sql.Write.OwnerOfMethod, r => r.GetString(0), ("$tenant", method.Tenant.Value), ("$id", method.Id.Value));
        return owner.Count > 0 && owner[0] != method.Account.Value;
    }

    // Before the new default is written: the database allows one per account at any moment.
    private void TakeMarkOffOthers(SqliteSession session)
    {
        var others = session.Query(
            Sql.Write.OtherDefaults,
            r => Json.Read(r.GetUtf8(0), StoreJson.Default.StoredPaymentMethod),
            ("$tenant", method.Tenant.Value), ("$account", method.Account.Value), ("$id", method.Id.Value));
        foreach (var other in others.Select(o => o with { IsDefault = false })) Save(session, other, Body(other));
    }

    private static void Save(SqliteSession session, StoredPaymentMethod method, byte[] body) => session.Execute(
        Sql.Write.Method,
        ("$tenant", method.Tenant.Value),
        ("$id", method.Id.Value),
        ("$account", method.Account.Value),
        ("$is_default", method.IsDefault),
        ("$body", body));

    private static byte[] Body(StoredPaymentMethod method) => JsonSerializer.SerializeToUtf8Bytes(method, StoreJson.Default.StoredPaymentMethod);
}
