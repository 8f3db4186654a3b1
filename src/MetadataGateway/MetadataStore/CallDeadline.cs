namespace MetadataGateway.MetadataStore;

/// <summary>A call's deadline: none, passed already, or a timer that tells once when it passes.</summary>
internal sealed class CallDeadline : IDisposable
{
    // Timers take at most 2^32 - 2 milliseconds, about 49 days; a later deadline is reached in steps.
    private const long LongestTimerMilliseconds = uint.MaxValue - 1;

    private static readonly CallDeadline None = new(DateTime.MaxValue, TimeProvider.System);

    private readonly DateTime _deadline;
    private readonly TimeProvider _timeProvider;
    private ITimer? _timer;
    private Action<object>? _passed;
    private object? _state;

    private CallDeadline(DateTime deadline, TimeProvider timeProvider) => (_deadline, _timeProvider) = (deadline, timeProvider);

    public bool HasPassed => _deadline != DateTime.MaxValue && Remaining <= TimeSpan.Zero;

    private TimeSpan Remaining => _deadline - _timeProvider.GetUtcNow().UtcDateTime;

    public static CallDeadline Of(DateTime? deadline, TimeProvider timeProvider) => deadline switch
    {
        null => None,
        { } at when at == DateTime.MaxValue => None,
        { Kind: not DateTimeKind.Utc } at when at != DateTime.MinValue => throw new InvalidOperationException(
            "Deadline must have a kind DateTimeKind.Utc or be equal to DateTime.MaxValue or DateTime.MinValue."),
        { } at => new CallDeadline(at, timeProvider),
    };

    public void Start(Action<object> passed, object state)
    {
        if (_deadline == DateTime.MaxValue)
            return;

        (_passed, _state) = (passed, state);
        // Started only when the field is set: Elapse may have to start it again.
        var timer = _timeProvider.CreateTimer(
            static self => ((CallDeadline)self!).Elapse(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Volatile.Write(ref _timer, timer);
        timer.Change(DueTime(Remaining), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => Interlocked.Exchange(ref _timer, null)?.Dispose();

    private void Elapse()
    {
        var remaining = Remaining;
        if (remaining <= TimeSpan.Zero)
            _passed!(_state!);
        else
            Volatile.Read(ref _timer)?.Change(DueTime(remaining), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan DueTime(TimeSpan remaining) =>
        TimeSpan.FromMilliseconds(Math.Clamp((long)Math.Ceiling(remaining.TotalMilliseconds), 0, LongestTimerMilliseconds));
}
