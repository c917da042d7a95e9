using System.Net;
using System.Net.Sockets;

namespace InvoicePayments.Tests;

/// <summary>Where a connection is cut.</summary>
internal enum Cut
{
    /// <summary>The server got half of the commit.</summary>
    HalfWay,

    /// <summary>The server has committed, and its answer is lost.</summary>
    BeforeTheAnswer,

    /// <summary>The server has all of it, and nobody waits for what it does.</summary>
    AtOnce,
}

/// <summary>Stands between workers and their server, and cuts connections in the middle of a commit.</summary>
internal sealed class CuttingProxy : IDisposable
{
    // In every operation that is stored, and in nothing that is only read.
    private static readonly byte[] SignOfACommit = "\"allocation\":"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private int _armed = -1;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many commits were cut.</summary>
    public int Done { get; private set; }

    /// <summary>The next commit that comes by is cut.</summary>
    public void CutNext(Cut where) => Interlocked.Exchange(ref _armed, (int)where);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Nobody comes any more.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            client.NoDelay = server.NoDelay = true;
            var link = new Link(client, server);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(ForwardAsync(link), AnswerAsync(link));
            }
            catch (SocketException)
            {
                // The server is not there.
            }

            // Not in good order: as when a cable is cut and a firewall says so.
            client.Close(0);
            server.Close(0);
        }
    }

    private async Task ForwardAsync(Link link)
    {
        var buffer = new byte[256 * 1024];
        while (await ReceiveAsync(link.Client, buffer) is > 0 and var count)
        {
            if (Volatile.Read(ref _armed) < 0 || buffer.AsSpan(0, count).IndexOf(SignOfACommit) < 0 || Interlocked.Exchange(ref _armed, -1) is not (>= 0 and var cut))
            {
                await SendAsync(link.Server, buffer.AsMemory(0, count));
                continue;
            }

            Done++;
            link.LosesAnswers = (Cut)cut == Cut.BeforeTheAnswer;
            await SendAsync(link.Server, buffer.AsMemory(0, (Cut)cut == Cut.HalfWay ? count / 2 : count));
            if (link.LosesAnswers) await Task.WhenAny(link.Answered.Task, Task.Delay(TimeSpan.FromSeconds(5)));
            return;
        }
    }

    private static async Task AnswerAsync(Link link)
    {
        var buffer = new byte[256 * 1024];
        while (await ReceiveAsync(link.Server, buffer) is > 0 and var count)
        {
            if (link.LosesAnswers) link.Answered.TrySetResult();
            else await SendAsync(link.Client, buffer.AsMemory(0, count));
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes)..];
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Whoever receives notices it too.
        }
    }

    private sealed class Link(Socket client, Socket server)
    {
        public Socket Client => client;

        public Socket Server => server;

        public volatile bool LosesAnswers;

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
