using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.LabelledContexts;

/// <summary>
/// Workspaces and runs are MLMD contexts of one shape: a name, and a description and labels as the Kubeflow Metadata SDK stores them on
/// workspaces. Reading, creating and changing such a context is the same for both.
/// </summary>
internal sealed class LabelledContextStore(MetadataStoreService.MetadataStoreServiceClient client)
{
    /// <summary>The context of exactly that name; null when there is none. MLMD over MySQL ignores case, we do not.</summary>
    public async Task<Context?> FindAsync(string typeName, string contextName, CancellationToken cancellationToken)
    {
        var context = await FindIgnoringCaseAsync(typeName, contextName, cancellationToken);
        return context?.Name == contextName ? context : null;
    }

    /// <summary>Those of the names that there are; null when there are no names, or too many to ask for one by one.</summary>
    public async Task<IReadOnlyList<Context>?> FindAnyAsync(
        string typeName, IReadOnlyList<object>? names, Func<string, string> toContextName, CancellationToken cancellationToken)
    {
        if (names is null or { Count: > 10 })
        {
            return null;
        }

        var found = new List<Context>();
        foreach (var name in names.OfType<string>().Distinct())
        {
            if (name.Length > 0 && await FindAsync(typeName, toContextName(name), cancellationToken) is { } context)
            {
                found.Add(context);
            }
        }

        return found;
    }

    /// <summary>Creates the context, or gives the one that is there, unchanged.</summary>
    public Task<(Context Context, bool IsNew)> CreateAsync(string typeName, Context context, CancellationToken cancellationToken) =>
        CreateAsync(typeName, context, readBack: true, cancellationToken);

    /// <summary>The same; a new one that is not read back has its id, but not the times that MLMD gave it.</summary>
    public async Task<(Context Context, bool IsNew)> CreateAsync(string typeName, Context context, bool readBack, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.PutContextsAsync(new() { Contexts = { context } }, cancellationToken: cancellationToken);
            var id = answer.ContextIds[0];
            return (readBack ? await ReadAsync(id, cancellationToken) : new Context(context) { Id = id }, true);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            var stored = await FindIgnoringCaseAsync(typeName, context.Name, cancellationToken);
            return stored?.Name == context.Name
                ? (stored, false)
                : throw OtherSpelling(context.Name, stored?.Name, exception);
        }
    }

    /// <summary>Stores what differs between the two, and nothing else, so that other writers' properties survive. Gives the stored state.</summary>
    public Task<Context> UpdateAsync(Context stored, Context changed, CancellationToken cancellationToken) =>
        UpdateAsync(stored, changed, readBack: true, cancellationToken);

    /// <summary>The same; what is not read back lacks the time of the change.</summary>
    public async Task<Context> UpdateAsync(Context stored, Context changed, bool readBack, CancellationToken cancellationToken)
    {
        var mask = NodeChanges.Between(stored.Properties, changed.Properties, "properties.");
        if (mask.Count == 0)
        {
            return stored;
        }

        var shared = NodeChanges.TakeSharedNames(mask, stored.Properties, stored.CustomProperties, changed.Properties, changed.CustomProperties);
        var request = new PutContextsRequest { Contexts = { changed }, UpdateMask = new() { Paths = { mask } } };
        if (shared.Count > 0)
        {
            var without = changed.Clone();
            without.Properties.Without(shared);
            without.CustomProperties.Without(shared);
            request.Contexts.Insert(0, without);
        }

        await client.PutContextsAsync(request, cancellationToken: cancellationToken);
        return readBack ? await ReadAsync(stored.Id, cancellationToken) : changed;
    }

    /// <summary>The answer to a name that MLMD takes for another one.</summary>
    public static ProblemException OtherSpelling(string name, string? stored, Exception? cause = null) =>
        new(ProblemType.AlreadyExists, $"The metadata store takes the name '{name}' for the stored '{stored}'.", cause: cause);

    /// <summary>What MLMD itself takes for the context of that name: where it ignores case, perhaps one of another spelling.</summary>
    public async Task<Context?> FindIgnoringCaseAsync(string typeName, string contextName, CancellationToken cancellationToken)
    {
        var answer = await client.GetContextByTypeAndNameAsync(
            new() { TypeName = typeName, ContextName = contextName }, cancellationToken: cancellationToken);
        return answer.Context;
    }

    private async Task<Context> ReadAsync(long id, CancellationToken cancellationToken)
    {
        var answer = await client.GetContextsByIDAsync(new() { ContextIds = { id } }, cancellationToken: cancellationToken);
        return answer.Contexts.Count > 0 ? answer.Contexts[0] : throw new ProblemException(ProblemType.StoreFailed, $"Context {id} was stored but cannot be read.");
    }
}
