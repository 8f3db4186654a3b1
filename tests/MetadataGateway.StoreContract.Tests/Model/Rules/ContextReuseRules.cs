namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>Contexts in PutExecution and PutLineageSubgraph. They need type_id and name, also for an update by id.</summary>
internal static class ContextReuseRules
{
    public static long Put(ModelData data, ModelNode context, bool reuse, long now)
    {
        if (context.TypeId is null)
            throw ModelFailure.Invalid("a context needs a type_id here");
        if (context.Name is null)
            throw ModelFailure.Invalid("a context needs a name here");
        var stored = reuse && context.Id is null
            ? data.Nodes[ModelKind.Context].Find(other => other.TypeId == context.TypeId && other.Name == context.Name)
            : null;
        // Reused as it is stored. A taken external_id is ALREADY_EXISTS (defect D19, docs/mlmd-compatibility.md).
        return stored is not null ? stored.Id!.Value : NodeRules.Put(data, context, now);
    }

    public static long Force(ModelData data, long id) =>
        data.Node(ModelKind.Context, id) is null ? throw ModelFailure.NotFound("the context to be reused is unknown") : id;
}
