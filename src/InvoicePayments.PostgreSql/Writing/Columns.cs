using Npgsql;
using NpgsqlTypes;

namespace InvoicePayments;

/// <summary>
/// One statement over arrays: a list of values for each column, all of the same length. Lists and parameters are kept from batch to batch; the
/// command is made anew, because it remembers on which connection it was prepared.
/// </summary>
internal abstract class Columns(string sql)
{
    private readonly List<NpgsqlParameter> _parameters = [];
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
        _command = new(sql);
        foreach (var parameter in _parameters) _command.Parameters.Add(parameter);
        commands.Add(_command);
    }

    private protected List<string> Text() => Column<string>(NpgsqlDbType.Text);

    private protected List<string?> MaybeText() => Column<string?>(NpgsqlDbType.Text);

    private protected List<ReadOnlyMemory<byte>> Body() => Column<ReadOnlyMemory<byte>>(NpgsqlDbType.Text);

    private protected List<ReadOnlyMemory<byte>?> MaybeBody() => Column<ReadOnlyMemory<byte>?>(NpgsqlDbType.Text);

    private protected List<long> Number() => Column<long>(NpgsqlDbType.Bigint);

    private protected List<long?> MaybeNumber() => Column<long?>(NpgsqlDbType.Bigint);

    private protected List<int> Count32() => Column<int>(NpgsqlDbType.Integer);

    private protected List<short> Small() => Column<short>(NpgsqlDbType.Smallint);

    private protected List<bool> Flag() => Column<bool>(NpgsqlDbType.Boolean);

    private protected List<Guid> Id() => Column<Guid>(NpgsqlDbType.Uuid);

    // In the order in which the statement names them.
    private List<T> Column<T>(NpgsqlDbType type)
    {
        var values = new List<T>();
        _parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
        _clear.Add(values.Clear);
        return values;
    }
}
