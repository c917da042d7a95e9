using Npgsql;
using NpgsqlTypes;

namespace InvoicePayments;

/// <summary>What a batch of loads asks for, each thing once, as the parameters of the one statement.</summary>
internal sealed class Wants
{
    private readonly HashSet<Want> _seen = [];
    private readonly List<short> _kinds = [];
    private readonly List<string> _tenants = [];
    private readonly List<string?> _a = [];
    private readonly List<string?> _b = [];

    internal int Count => _kinds.Count;

    internal void Clear()
    {
        _seen.Clear();
        _kinds.Clear();
        _tenants.Clear();
        _a.Clear();
        _b.Clear();
    }

    internal void Add(LoadRequest request)
    {
        var tenant = request.Tenant.Value;
        for (var i = 0; i < request.Invoices.Count; i++)
        {
            var id = request.Invoices[i].Value;
            Want(new(WantKind.Invoice, tenant, id));
            if (request.Authorization is { } authorization) Want(new(WantKind.Authorization, tenant, id, authorization.Value));
            if (request is { DefaultPaymentMethod: true, PaymentMethod: null }) Want(new(WantKind.DefaultMethod, tenant, id));
        }

        for (var i = 0; i < request.Operations.Count; i++) Want(new(WantKind.Operation, tenant, request.Operations[i].Value));
        if (request.GatewayPayment is { } address) Want(new(WantKind.GatewayPayment, tenant, address.Gateway.Value, address.Id.Value));
        if (request.Payment is { } payment) Want(new(WantKind.Payment, tenant, payment.Value));
        if (request.PaymentMethod is { } method) Want(new(WantKind.Method, tenant, method.Value));
        if (request.Credit is { } credit) Want(new(WantKind.Credit, tenant, credit.Account.Value, credit.Currency.Code));
    }

    internal void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<List<short>> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint, TypedValue = _kinds });
        parameters.Add(new NpgsqlParameter<List<string>> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = _tenants });
        parameters.Add(new NpgsqlParameter<List<string?>> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = _a });
        parameters.Add(new NpgsqlParameter<List<string?>> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = _b });
    }

    private void Want(Want want)
    {
        if (!_seen.Add(want)) return;
        _kinds.Add((short)want.Kind);
        _tenants.Add(want.Tenant);
        _a.Add(want.A);
        _b.Add(want.B);
    }
}
