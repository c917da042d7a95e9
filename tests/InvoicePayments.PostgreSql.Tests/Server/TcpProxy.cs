using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InvoicePayments.Tests;

/// <summary>What becomes of the next request that goes through.</summary>
public enum NextRequest
{
    Passes,

    /// <summary>The connection is cut before the server has it.</summary>
    IsLost,

    /// <summary>The server gets it and carries it out; the connection is cut before its answer comes through.</summary>
    LosesItsAnswer,

    /// <summary>The server gets it, and nothing at all comes back, for as long as the connection lasts.</summary>
    IsNeverAnswered,
}

/// <summary>Stands between a store and its server, and cuts their connections at chosen moments. It lets go of the server's side too.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly Task _accepting;
    private Func<ReadOnlyMemory<byte>, NextRequest> _plan = _ => NextRequest.Passes;

    public TcpProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string ConnectionString =>
        $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)};Username=tester;Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable";

    public int Cuts { get; private set; }

    /// <summary>The next request that contains a text meets this; those before and after it pass.</summary>
    public void Next(string text, NextRequest what)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        _plan = request =>
        {
            if (request.Span.IndexOf(bytes) < 0) return NextRequest.Passes;
            _plan = _ => NextRequest.Passes;
            return what;
        };
    }

    /// <summary>Cuts everything that is open.</summary>
    public void CutAll()
    {
        foreach (var socket in _open.Keys) Close(socket);
    }

    public async ValueTask DisposeAsync()
    {
        if (_accepting.IsCompleted) return;
        await _end.CancelAsync();
        _listener.Stop();
        CutAll();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                _ = RelayAsync(client);
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            // The end of the test.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            _open[client] = _open[server] = true;
            var state = new Relay();
            await Task.WhenAny(UpAsync(client, server, state), DownAsync(server, client, state));
        }
        catch (SocketException)
        {
            // No server: the client sees its connection end.
        }
        finally
        {
            Close(client);
            Close(server);
        }
    }

    private async Task UpAsync(Socket from, Socket to, Relay state)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer) is > 0 and var read)
        {
            switch (_plan(buffer.AsMemory(0, read)))
            {
                case NextRequest.IsLost:
                    Cuts++;
                    return;
                case NextRequest.LosesItsAnswer:
                    state.DropsAnswers = true;
                    break;
                case NextRequest.IsNeverAnswered:
                    state.IsSilent = true;
                    break;
            }

            await to.SendAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task DownAsync(Socket from, Socket to, Relay state)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer) is > 0 and var read)
        {
            if (state.DropsAnswers)
            {
                Cuts++;
                return;
            }

            if (!state.IsSilent) await to.SendAsync(buffer.AsMemory(0, read));
        }
    }

    private void Close(Socket socket)
    {
        if (_open.TryRemove(socket, out _)) socket.LingerState = new(true, 0);
        socket.Dispose();
    }

    private sealed class Relay
    {
        public volatile bool DropsAnswers;
        public volatile bool IsSilent;
    }
}
