namespace MetadataGateway.Filtering;

/// <summary>What is wrong with a filter, and where: characters from 0.</summary>
internal sealed class FilterFault(int position, string message) : Exception(message)
{
    public int Position { get; } = position;
}
