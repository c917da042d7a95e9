using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>Answers a load request inside one snapshot. Every row is found by its key; finished operations are not looked at.</summary>
internal sealed class StateLoader(SqliteSession session, LoadRequest request)
{
    private readonly string _tenant = request.Tenant.Value;

    internal InvoiceState Load()
    {
        var (operations, commands) = LoadOperations();
        var asked = request.Payment is { } id ? LoadPayment(id) : null;
        var payments = operations.Select(o => o.Payment).Where(p => p != asked?.Id).Distinct().Select(LoadPayment);

        var invoices = request.Invoices
            .Concat(operations.SelectMany(o => o.Allocation.Documents))
            .Concat(asked?.Documents ?? [])
            .Distinct()
            .Select(LoadInvoice).OfType<Invoice>().ToList();
        invoices.AddRange(LoadWholesOf(invoices));

        return new()
        {
            Invoices = invoices,
            OpenOperations = LoadOpenOperations(invoices),
            Operations = operations,
            Commands = commands,
            Payments = [.. payments.Prepend(asked).OfType<Payment>()],
            Credits = LoadCredits(invoices),
            PaymentMethod = LoadMethod(invoices),
            Parked = LoadParked(),
        };
    }

    private (List<PaymentOperation> Operations, List<GatewayCommand> Commands) LoadOperations()
    {
        var (operations, commands) = (new List<PaymentOperation>(), new List<GatewayCommand>());
        var wanted = new Queue<OperationId>(request.Operations.Concat(NamedAuthorizations()));
        var seen = new HashSet<OperationId>();
        while (wanted.TryDequeue(out var id))
            if (seen.Add(id)) Take(session.Query(Sql.Load.Operation, WithCommand, ("$tenant", _tenant), ("$operation", id.Value)));
        if (request.GatewayPayment is { } address)
            Take(session.Query(Sql.Load.OperationsOfGateway, WithCommand, ("$tenant", _tenant), ("$gateway", address.Gateway.Value), ("$id", address.Id.Value)));
        while (wanted.TryDequeue(out var id))
            if (seen.Add(id)) Take(session.Query(Sql.Load.Operation, WithCommand, ("$tenant", _tenant), ("$operation", id.Value)));
        return (operations, commands);

        void Take(List<(PaymentOperation Operation, GatewayCommand? Command)> rows)
        {
            foreach (var (operation, command) in rows)
            {
                if (operations.Exists(o => o.Id == operation.Id)) continue;
                operations.Add(operation);
                if (operation.Authorization is { } authorization) wanted.Enqueue(authorization);
                if (command is not null) commands.Add(command);
            }
        }
    }

    // An authorization is open, so it is found among the open operations of its invoice.
    private IEnumerable<OperationId> NamedAuthorizations() => request.Authorization is not { } named
        ? []
        : request.Invoices.SelectMany(id => session.Query(Sql.Load.OpenOperations, Json.Operation, ("$tenant", _tenant), ("$invoice", id.Value)))
            .Where(o => o.Kind == OperationKind.Authorize && o.GatewayPaymentId == named).Select(o => o.Id);

    private static (PaymentOperation Operation, GatewayCommand? Command) WithCommand(SqliteRow row) =>
        (Json.Operation(row), row.IsNull(1) ? null : Json.Read(row.GetUtf8(1), StoreJson.Default.GatewayCommand));

    private Invoice? LoadInvoice(InvoiceId id)
    {
        if (session.Memory.Find(request.Tenant, id) is { } known) return known;
        var invoice = One(Sql.Load.Invoice, StoreJson.Default.Invoice, ("$tenant", _tenant), ("$invoice", id.Value));
        if (invoice is not null) session.Memory.Read(request.Tenant, id, invoice);
        return invoice;
    }

    // With an instalment comes what it is an instalment of.
    private List<Invoice> LoadWholesOf(List<Invoice> invoices) =>
        [.. invoices.Select(i => i.InstalmentOf).OfType<InvoiceId>().Distinct().Where(id => !invoices.Exists(i => i.Id == id)).Select(LoadInvoice).OfType<Invoice>()];

    private Payment? LoadPayment(PaymentId id) =>
        One(Sql.Load.Payment, StoreJson.Default.Payment, ("$tenant", _tenant), ("$payment", id.Value));

    private List<AccountCredit> LoadCredits(List<Invoice> invoices) =>
        [.. invoices.Select(i => new CreditAddress(i.Account, i.Currency)).Concat(request.Credit is { } credit ? [credit] : []).Distinct().Select(LoadCredit).OfType<AccountCredit>()];

    private AccountCredit? LoadCredit(CreditAddress address)
    {
        if (session.Memory.TryFind(request.Tenant, address, out var known)) return known;
        var credit = One(
            Sql.Load.Credit, StoreJson.Default.AccountCredit,
            ("$tenant", _tenant), ("$account", address.Account.Value), ("$currency", address.Currency.Code));
        session.Memory.Read(request.Tenant, address, credit);
        return credit;
    }

    private StoredPaymentMethod? LoadMethod(List<Invoice> invoices)
    {
        if (request.PaymentMethod is { } named) return LoadMethod(named);
        if (!request.DefaultPaymentMethod || invoices.Count == 0) return null;

        // A default that an invoice names and nobody knows is not replaced by another one: that would charge what nobody chose.
        return invoices[0].Details.DefaultPaymentMethod is { } preferred
            ? LoadMethod(preferred)
            : One(Sql.Load.DefaultMethod, StoreJson.Default.StoredPaymentMethod, ("$tenant", _tenant), ("$account", invoices[0].Account.Value));
    }

    private StoredPaymentMethod? LoadMethod(PaymentMethodId id) =>
        One(Sql.Load.Method, StoreJson.Default.StoredPaymentMethod, ("$tenant", _tenant), ("$method", id.Value));

    private List<PaymentOperation> LoadOpenOperations(List<Invoice> invoices)
    {
        var open = new List<PaymentOperation>();
        var seen = new HashSet<OperationId>();
        foreach (var invoice in invoices)
        {
            if (session.Memory.HasNoOpenOperations(request.Tenant, invoice.Id)) continue;
            var rows = session.Query(Sql.Load.OpenOperations, Json.Operation, ("$tenant", _tenant), ("$invoice", invoice.Id.Value));
            if (rows.Count == 0) session.Memory.ReadNoOpenOperations(request.Tenant, invoice.Id);
            open.AddRange(rows.Where(o => seen.Add(o.Id)));
        }

        return open;
    }

    private List<ParkedOutcome> LoadParked()
    {
        var parked = new List<ParkedOutcome>();
        if (request.Operations.Count == 0 || session.Memory.IsNothingParked(session)) return parked;
        foreach (var id in request.Operations.Distinct()) parked.AddRange(session.Query(Sql.Load.Parked, Json.Parked, ("$tenant", _tenant), ("$operation", id.Value)));
        return parked;
    }

    private T? One<T>(string sql, JsonTypeInfo<T> type, params ReadOnlySpan<(string Name, SqliteValue Value)> values)
        where T : class => session.One(sql, r => Json.Read(r.GetUtf8(0), type), values);
}

/// <summary>Bodies back into records.</summary>
internal static class Json
{
    internal static readonly Func<SqliteRow, PaymentOperation> Operation = static r => Read(r.GetUtf8(0), StoreJson.Default.PaymentOperation);

    internal static readonly Func<SqliteRow, ParkedOutcome> Parked = static r => Read(r.GetUtf8(0), StoreJson.Default.ParkedOutcome);

    /// <summary>The record of a body.</summary>
    /// <exception cref="JsonException">The body is damaged, in whatever way; the message repeats nothing of it.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException broken)
        {
            // Without what the parser says: it repeats what it stumbles over, and that may be a token.
            throw new JsonException($"A body is no {typeof(T).Name}.", null, broken.LineNumber, broken.BytePositionInLine);
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            // Well-formed JSON that no record can be made of: a kind that is missing, an allocation without parts, amounts that do not add up.
            throw new JsonException($"A body is no {typeof(T).Name}: it says what cannot be ({refused.GetType().Name}).");
        }
    }
}
