using Npgsql;
using NpgsqlTypes;

namespace InvoicePayments;

/// <summary>
/// One statement over rows: a list of values for each column, all of the same length. Lists and parameters are kept from batch to batch; the
/// command is made anew, because it remembers on which connection it was prepared.
/// </summary>
internal abstract class Columns(RowSql sql)
{
    private readonly List<NpgsqlParameter> _many = [];
    private readonly List<Func<NpgsqlParameter>> _one = [];
    private readonly List<Action> _clear = [];
    private NpgsqlBatchCommand? _command;

    /// <summary>How many rows there are.</summary>
    internal int Count { get; private protected set; }

    internal void Clear()
    {
        if (Count == 0) return;
        Count = 0;
        foreach (var clear in _clear) clear();

        // A parameter belongs to one command at a time.
        _command?.Parameters.Clear();
        _command = null;
    }

    /// <summary>The statement with its rows, if there are any.</summary>
    internal void AddTo(List<NpgsqlBatchCommand> commands)
    {
        if (Count == 0) return;
        if (Count == 1 && sql.One is { } single)
        {
            _command = new(single);
            foreach (var parameter in _one) _command.Parameters.Add(parameter());
        }
        else
        {
            _command = new(sql.Many);
            foreach (var parameter in _many) _command.Parameters.Add(parameter);
        }

        commands.Add(_command);
    }

    private protected List<string> Text() => Of<string>(NpgsqlDbType.Text);

    private protected List<string?> MaybeText() => Of<string?>(NpgsqlDbType.Text);

    private protected List<ReadOnlyMemory<byte>> Body() => Of<ReadOnlyMemory<byte>>(NpgsqlDbType.Text);

    private protected List<ReadOnlyMemory<byte>?> MaybeBody() => MaybeOf<ReadOnlyMemory<byte>>(NpgsqlDbType.Text);

    private protected List<long> Number() => Of<long>(NpgsqlDbType.Bigint);

    private protected List<long?> MaybeNumber() => MaybeOf<long>(NpgsqlDbType.Bigint);

    private protected List<int> Count32() => Of<int>(NpgsqlDbType.Integer);

    private protected List<short> Small() => Of<short>(NpgsqlDbType.Smallint);

    private protected List<bool> Flag() => Of<bool>(NpgsqlDbType.Boolean);

    private protected List<Guid> Id() => Of<Guid>(NpgsqlDbType.Uuid);

    private List<T> Of<T>(NpgsqlDbType type)
    {
        var one = new NpgsqlParameter<T> { NpgsqlDbType = type };
        return Column<T>(type, value =>
        {
            one.TypedValue = value;
            return value is null ? null : one;
        });
    }

    private List<T?> MaybeOf<T>(NpgsqlDbType type)
        where T : struct
    {
        var one = new NpgsqlParameter<T> { NpgsqlDbType = type };
        return Column<T?>(type, value =>
        {
            one.TypedValue = value.GetValueOrDefault();
            return value is null ? null : one;
        });
    }

    // In the order in which the statement names them.
    private List<T> Column<T>(NpgsqlDbType type, Func<T, NpgsqlParameter?> oneOf)
    {
        var values = new List<T>();
        var nothing = new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value };
        _many.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
        _one.Add(() => oneOf(values[0]) ?? nothing);
        _clear.Add(values.Clear);
        return values;
    }
}
