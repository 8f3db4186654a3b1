namespace MetadataGateway.MetadataStore;

/// <summary>How often MLMD was found away. What is reached afterwards may be another release or another back end.</summary>
internal sealed class StoreOutages
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
