namespace InvoicePayments;

/// <summary>Operations to write.</summary>
internal sealed class OperationColumns : Columns
{
    private readonly List<string> _tenant, _id, _payment, _kind, _status, _documents;
    private readonly List<bool> _isOpen;
    private readonly List<string?> _authorization, _gateway, _gatewayId;
    private readonly List<long?> _nextCheckAt, _movedAt;
    private readonly List<long> _createdAt, _version, _base;
    private readonly List<Guid> _commit;
    private readonly List<ReadOnlyMemory<byte>> _body;
    private readonly List<ReadOnlyMemory<byte>?> _command;

    internal OperationColumns(RowSql sql)
        : base(sql)
    {
        // In the order of WriteSql.OperationColumns.
        (_tenant, _id, _payment, _kind, _status, _isOpen, _authorization, _documents) = (Text(), Text(), Text(), Text(), Text(), Flag(), MaybeText(), Text());
        (_nextCheckAt, _gateway, _gatewayId, _movedAt, _createdAt) = (MaybeNumber(), MaybeText(), MaybeText(), MaybeNumber(), Number());
        (_version, _commit, _body, _command, _base) = (Number(), Id(), Body(), MaybeBody(), Number());
    }

    internal void Add(in MergedRow<PaymentOperation> row)
    {
        Count++;
        var operation = row.Record;
        _tenant.Add(row.Key.Tenant);
        _id.Add(row.Key.A);
        _payment.Add(operation.Payment.Value);
        _kind.Add(Names.Of(operation.Kind));
        _status.Add(Names.Of(operation.Status));
        _isOpen.Add(!operation.IsFinal);
        _authorization.Add(operation.Authorization?.Value);
        _documents.Add(Documents.Joined(operation.Allocation.Documents));
        _nextCheckAt.Add(operation.NextCheckAt?.UtcTicks);
        _gateway.Add(operation.Gateway?.Value);
        _gatewayId.Add(operation.GatewayPaymentId?.Value);
        _movedAt.Add(operation is { Status: OperationStatus.Succeeded, Moved.IsPositive: true } ? operation.AnsweredAt?.UtcTicks : null);
        _createdAt.Add(operation.CreatedAt.UtcTicks);
        _version.Add(row.Version);
        _commit.Add(row.Commit);
        _body.Add(row.Body);
        _command.Add(row.Command.IsEmpty ? (ReadOnlyMemory<byte>?)null : row.Command);
        _base.Add(row.Base);
    }
}
