using System.Collections.Concurrent;
using MetadataGateway.MetadataStore;

namespace MetadataGateway.LabelledContexts;

/// <summary>
/// Keeps a write from landing in the workspace or run of another spelling: MLMD over MySQL takes that for the one to reuse, and does not say so. Where
/// case counts it asks nothing.
/// </summary>
internal sealed class ContextSpelling(LabelledContextStore contexts, StoreProbe probe)
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Type, string Name), bool> _exact = new();

    /// <summary>Ends the request with 409 when the context that a write by type and name would reuse is spelt in another way.</summary>
    public async Task RequireAsync(string typeName, string contextName, CancellationToken cancellationToken)
    {
        if (_exact.ContainsKey((typeName, contextName)) || !(await probe.GetAsync(cancellationToken)).IgnoresCase
            || await contexts.FindIgnoringCaseAsync(typeName, contextName, cancellationToken) is not { } stored)
        {
            return;
        }

        if (stored.Name != contextName)
        {
            throw LabelledContextStore.OtherSpelling(contextName, stored.Name);
        }

        if (_exact.Count >= MaxRemembered)
        {
            _exact.Clear();
        }

        _exact[(typeName, contextName)] = true;
    }
}
