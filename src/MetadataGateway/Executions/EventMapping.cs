using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>The direction of a link, and the MLMD events that stand for it.</summary>
internal enum LinkDirection
{
    Input,
    Output,
}

/// <summary>Links as MLMD events: the name of an input or output is the event's path.</summary>
internal static class EventMapping
{
    public static Event NewEvent(LinkDirection direction, string? key, DateTimeOffset time)
    {
        var result = new Event
        {
            Type = direction == LinkDirection.Input ? Event.Types.Type.Input : Event.Types.Type.Output,
            MillisecondsSinceEpoch = time.ToUnixTimeMilliseconds(),
        };
        if (key is not null)
        {
            // A path without steps would break Kubeflow's UI, so there is either a key or no path.
            result.Path = new Event.Types.Path { Steps = { new Event.Types.Path.Types.Step { Key = key } } };
        }

        return result;
    }

    /// <summary>Whether the event makes its artifact an input (output) of its execution; internal and pending ones do in lineage only.</summary>
    public static bool IsLink(this Event linkEvent, LinkDirection direction) => linkEvent.Type switch
    {
        Event.Types.Type.Input or Event.Types.Type.DeclaredInput => direction == LinkDirection.Input,
        Event.Types.Type.Output or Event.Types.Type.DeclaredOutput => direction == LinkDirection.Output,
        _ => false,
    };

    /// <summary>The name of the input or output: the first key of the path.</summary>
    public static string? KeyOf(this Event linkEvent) =>
        linkEvent.Path?.Steps.FirstOrDefault(step => step.HasKey && step.Key.Length > 0)?.Key;
}
