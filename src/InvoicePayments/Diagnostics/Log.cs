using Microsoft.Extensions.Logging;

namespace InvoicePayments;

/// <summary>Everything the library logs. Ids of operations and names only: never a token, a key, an amount, or a message from outside.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Gateway {Gateway} failed with {Exception} on operation {Operation}; an exception is not an answer, so it is asked again later.")]
    internal static partial void GatewayFailed(ILogger logger, string gateway, string operation, string exception);

    [LoggerMessage(2, LogLevel.Error, "Gateway {Gateway} has failed too often and is left alone for a while.")]
    internal static partial void CircuitOpened(ILogger logger, string gateway);

    [LoggerMessage(3, LogLevel.Error, "The store failed with {Exception} after the gateway was asked about operation {Operation}; it is answered as processing, and recovery finishes it.")]
    internal static partial void StoreFailedAfterAsking(ILogger logger, string operation, string exception);

    [LoggerMessage(4, LogLevel.Warning, "Gave up after {Conflicts} conflicts in a row; others are changing the same invoice.")]
    internal static partial void TooManyConflicts(ILogger logger, int conflicts);

    [LoggerMessage(5, LogLevel.Warning, "Operation {Operation} needs a person: {Code}.")]
    internal static partial void NeedsAttention(ILogger logger, string operation, string code);

    [LoggerMessage(6, LogLevel.Information, "Recovery looked at {LookedAt} operations and finished {Finished}.")]
    internal static partial void Recovered(ILogger logger, int lookedAt, int finished);

    [LoggerMessage(7, LogLevel.Warning, "The host's customer resource failed with {Exception} after operation {Operation} succeeded; the success is answered without it.")]
    internal static partial void CustomerResourceFailed(ILogger logger, string operation, string exception);

    [LoggerMessage(8, LogLevel.Information, "A notification {Type} of gateway {Gateway} holds nothing to record: {Why}")]
    internal static partial void NotificationIgnored(ILogger logger, string gateway, string type, string why);

    [LoggerMessage(9, LogLevel.Warning, "A notification at the address of gateway {Gateway} was rejected: {Code}.")]
    internal static partial void NotificationRejected(ILogger logger, string gateway, string code);

    [LoggerMessage(10, LogLevel.Warning, "A notification of gateway {Gateway} could not be understood now, and is to be sent again: {Code}.")]
    internal static partial void NotificationNotNow(ILogger logger, string gateway, string code);

    [LoggerMessage(11, LogLevel.Error, "Gateway {Gateway} tells of something that nobody asked for here, and a person has to look: {Code}. {Why}")]
    internal static partial void NotificationForPerson(ILogger logger, string gateway, string code, string why);

    [LoggerMessage(12, LogLevel.Warning, "Operation {Operation} could not be looked after: {Exception}. It is tried again later.")]
    internal static partial void NotRecovered(ILogger logger, string operation, string exception);

    [LoggerMessage(30, LogLevel.Information, "Background work begins: {Kinds}.")]
    internal static partial void WorkBegins(ILogger logger, string kinds);

    [LoggerMessage(31, LogLevel.Warning, "Background work '{Kind}' failed with {Exception}; it is tried again after {Pause} seconds.")]
    internal static partial void WorkFailed(ILogger logger, string kind, string exception, double pause);

    [LoggerMessage(32, LogLevel.Information, "Background work has ended; nothing is being asked any more.")]
    internal static partial void WorkEnds(ILogger logger);

    [LoggerMessage(20, LogLevel.Warning, "Fact {Sequence} of {Stream} was not taken by the publisher, which failed with {Exception}, {Failures} times in a row; it is tried again later.")]
    internal static partial void NotDelivered(ILogger logger, long sequence, string stream, int failures, string exception);

    [LoggerMessage(21, LogLevel.Error, "Fact {Sequence} of {Stream} is a dead letter: the publisher failed with {Exception}, {Failures} times in a row. Release it once that is mended.")]
    internal static partial void GaveUpDelivery(ILogger logger, long sequence, string stream, int failures, string exception);
}
