namespace Tandem.Sip.Transactions;

/// <summary>The three timers a transaction can have running, over a <see cref="TimeProvider"/>.</summary>
internal sealed class TransactionTimers(TimeProvider time, Action<TransactionInput> fire)
{
    private readonly TimeProvider _time = time;
    private readonly Action<TransactionInput> _fire = fire;
    private ITimer? _retransmit;
    private ITimer? _end;
    private TransactionInput _endInput;
    private TimeSpan _interval;

    /// <summary>Begins repeating after <paramref name="first"/>.</summary>
    public void StartRetransmit(TimeSpan first)
    {
        _interval = first;
        _retransmit ??= _time.CreateTimer(
            static s => ((TransactionTimers)s!)._fire(TransactionInput.RetransmitTimer), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retransmit.Change(first, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Doubles the interval up to <paramref name="most"/>, or sets it there at once.</summary>
    public void NextRetransmit(TimeSpan most, bool atOnce = false)
    {
        _interval = atOnce || _interval * 2 > most ? most : _interval * 2;
        _retransmit?.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    public void StopRetransmit()
    {
        _retransmit?.Dispose();
        _retransmit = null;
    }

    /// <summary>Sets the one timer that ends the present state: timeout or linger.</summary>
    public void StartEnd(TransactionInput input, TimeSpan after)
    {
        _endInput = input;
        _end ??= _time.CreateTimer(
            static s => ((TransactionTimers)s!).FireEnd(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _end.Change(after, Timeout.InfiniteTimeSpan);
    }

    public void StopEnd() => _end?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Release()
    {
        StopRetransmit();
        _end?.Dispose();
        _end = null;
    }

    // A timer that fires while it is being changed reports the new input early; the machine's states make that harmless only for
    // linger, so the input is read under the caller's lock there.
    private void FireEnd() => _fire(_endInput);
}
