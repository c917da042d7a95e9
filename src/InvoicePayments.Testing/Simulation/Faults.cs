namespace InvoicePayments;

/// <summary>
/// What goes wrong in this run: which kinds at all, and then when. Where a seed draws, every kind is off in half of the runs, so that none
/// hides another; where everything is tried, each kind that may strike does so a given number of times at most, at every moment it could.
/// </summary>
internal sealed class Faults
{
    private static readonly TimeSpan[] StoreDelays = [TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(40)];
    private static readonly TimeSpan[] RequestDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(90)];
    private static readonly TimeSpan[] AnswerDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(5)];
    private static readonly TimeSpan[] NewsDelays = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2), TimeSpan.FromHours(3)];

    private static readonly Decline ForEver = new(DeclineKind.LostOrStolen, RetryAdvice.Never, "card_lost", "This card cannot be used any more.");

    private readonly Tape _tape;
    private readonly bool[] _on;
    private readonly int[]? _left;
    private SimulatedFault? _certain;

    internal Faults(Tape tape, bool any)
    {
        _tape = tape;
        _on = [.. Enum.GetValues<SimulatedFault>().Select(_ => any && tape.Next(2) == 1)];
    }

    internal Faults(Tape tape, IReadOnlyList<SimulatedFault> mayStrike)
    {
        (_tape, _left) = (tape, new int[Enum.GetValues<SimulatedFault>().Length]);
        foreach (var fault in mayStrike) _left[(int)fault]++;
        _on = [.. _left.Select(n => n > 0)];
    }

    /// <summary>Whether faults have stopped.</summary>
    internal bool AreOver { get; set; }

    /// <summary>How often each kind struck.</summary>
    internal int[] Counts { get; } = new int[Enum.GetValues<SimulatedFault>().Length];

    /// <summary>Lets a kind strike as soon as it can, for certain, beside what may strike.</summary>
    internal void Strike(SimulatedFault fault) => _certain = fault;

    internal bool Strikes(SimulatedFault fault, int perMille)
    {
        if (_certain == fault)
        {
            _certain = null;
            Counts[(int)fault]++;
            return true;
        }

        if (AreOver || !_on[(int)fault] || !_tape.Chance(perMille, fault)) return false;
        Counts[(int)fault]++;
        if (_left is not null) _on[(int)fault] = --_left[(int)fault] > 0;
        return true;
    }

    /// <summary>Whether somebody whose call was lost asks again; two of three do. Where everything is tried, who asks again is part of the world.</summary>
    internal bool AsksAgain() => !AreOver && _left is null && _tape.Next(3) > 0;

    internal bool StillArrives() => !AreOver && _tape.Next(2) == 1;

    /// <summary>Whether a notification says no more than that there is news, so that the gateway has to be asked.</summary>
    internal bool IsBareNews() => !AreOver && _left is null && _tape.Next(8) == 7;

    internal TimeSpan StoreDelay() => Strikes(SimulatedFault.StoreIsSlow, 60) ? OneOf(StoreDelays) : TimeSpan.Zero;

    internal TimeSpan AnswerDelay() => Strikes(SimulatedFault.GatewayIsSlow, 120) ? OneOf(AnswerDelays) : TimeSpan.Zero;

    internal TimeSpan NewsDelay() => Strikes(SimulatedFault.NewsLate, 300) ? OneOf(NewsDelays) : TimeSpan.Zero;

    /// <summary>How long a question about an operation is on its way; null when it never arrives.</summary>
    internal TimeSpan? QuestionDelay() =>
        Strikes(SimulatedFault.RequestIsLost, 60) ? null : Strikes(SimulatedFault.GatewayIsSlow, 120) ? OneOf(RequestDelays) : TimeSpan.Zero;

    internal StoreFault OfStore(bool isWrite)
    {
        if (Strikes(SimulatedFault.HostDies, 40)) return _tape.Next(2) == 0 ? StoreFault.HostDiesAfter : StoreFault.HostDiesBefore;
        if (Strikes(SimulatedFault.StoreFailsBefore, 40)) return StoreFault.FailsBefore;
        if (isWrite && Strikes(SimulatedFault.StoreFailsAfter, 40)) return StoreFault.FailsAfter;
        return Strikes(SimulatedFault.HostSleeps, 30) ? StoreFault.HostSleepsAfter : StoreFault.None;
    }

    internal RequestWay OfRequest(GatewayCommand command)
    {
        if (Strikes(SimulatedFault.RequestIsLost, 60)) return new() { Words = ", which never arrives" };
        if (Strikes(SimulatedFault.AdapterThrows, 30)) return new() { Throws = true, Words = ", and the connection breaks before" };
        if (Strikes(SimulatedFault.ServerError, 30)) return new() { SaysUnknown = true, AnswerDelay = AnswerDelay(), Words = ", and is answered 5xx at the door" };
        return new()
        {
            Arrives = true,
            Delay = Strikes(SimulatedFault.GatewayIsSlow, 120) ? OneOf(RequestDelays) : TimeSpan.Zero,
            AnswerDelay = AnswerDelay(),
            LosesAnswer = Strikes(SimulatedFault.AnswerIsLost, 100),
            Behaviour = BehaviourOf(command),
            Words = "",
        };
    }

    /// <summary>One of several times; the longest where everything is tried, because it lets the most happen in between.</summary>
    internal TimeSpan OneOf(TimeSpan[] times) => _left is null ? times[_tape.Next(times.Length)] : times[^1];

    private ScriptedBehaviour? BehaviourOf(GatewayCommand command)
    {
        // What comes of a link is for the payer to say, on its page.
        if (command is not GatewayCommand.RequestLink && Answer(command) is { } answer) return answer;
        if (Strikes(SimulatedFault.ServerError, 60)) return ScriptedBehaviour.ServerError(afterMoving: true);
        if (Strikes(SimulatedFault.AdapterThrows, 40)) return ScriptedBehaviour.Throw(new HttpRequestException("The simulated answer broke off."), afterMoving: true);
        return command is GatewayCommand.RequestLink && EndsOnlyWhenCalledOff() ? ScriptedBehaviour.MakeLinkForever() : null;
    }

    // Some gateways end nothing by themselves: then nothing but our own deadline does.
    private bool EndsOnlyWhenCalledOff() => !AreOver && _left is null && _tape.Next(3) == 2;

    private ScriptedBehaviour? Answer(GatewayCommand command)
    {
        var isCharge = command.Kind == OperationKind.Charge;
        if (Strikes(SimulatedFault.Decline, 150)) return ScriptedBehaviour.Decline(_left is null && _tape.Next(2) == 1 ? ForEver : null);
        if (isCharge && Strikes(SimulatedFault.Challenge, 150)) return EndsOnlyWhenCalledOff() ? ScriptedBehaviour.RequireActionForever() : ScriptedBehaviour.RequireAction();
        if (Strikes(SimulatedFault.DecidedLater, 100)) return ScriptedBehaviour.Process();
        if (isCharge && command.Amount.MinorUnits > 1 && Strikes(SimulatedFault.PartialApproval, 80))
            return ScriptedBehaviour.PartiallyApprove(Money.FromMinorUnits(command.Amount.MinorUnits / 2, command.Amount.Currency));
        if (isCharge && Strikes(SimulatedFault.WrongAmount, 40)) return ScriptedBehaviour.ReportWrongAmount(command.Amount + Money.FromMinorUnits(1, command.Amount.Currency));
        return isCharge && Strikes(SimulatedFault.MovesTwice, 40) ? ScriptedBehaviour.ChargeTwice() : null;
    }
}
