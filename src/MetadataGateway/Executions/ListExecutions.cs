using System.ComponentModel;
using MetadataGateway.Contexts;
using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Paging;
using MetadataGateway.Runs;
using MetadataGateway.Workspaces;
using Microsoft.AspNetCore.Mvc;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>The executions of a workspace, or of one of its runs.</summary>
internal static class ListExecutions
{
    public static Task<ListResult<ExecutionResource>> Handle(
        string workspace, [FromQuery(Name = "run"), Description("Only executions of this run.")] string? run, [AsParameters] ExecutionPageQuery query,
        HttpRequest request, ListExecutionsHandler handler, CancellationToken cancellationToken) =>
        handler.HandleAsync(workspace, string.IsNullOrEmpty(run) ? null : run, query, request, cancellationToken);

    public static async Task<ListResult<ExecutionResource>> HandleOfRun(
        string workspace, string run, [AsParameters] ExecutionPageQuery query, HttpRequest request,
        ListExecutionsHandler handler, WorkspaceDirectory workspaces, RunDirectory runs, CancellationToken cancellationToken)
    {
        var result = await handler.HandleAsync(workspace, run, query, request, cancellationToken);
        // Runs of the SDK have executions but no context, new runs the other way round: only what has neither does not exist.
        if (result.Items.Count == 0 && result.NextPageToken is null && string.IsNullOrEmpty(query.PageToken)
            && await runs.FindAsync(await workspaces.GetIdAsync(workspace, cancellationToken), run, cancellationToken) is null)
        {
            throw RunDirectory.NotFound(workspace, run);
        }

        return result;
    }
}

internal sealed class ListExecutionsHandler(
    MetadataStoreService.MetadataStoreServiceClient client, WorkspaceDirectory workspaces, ExecutionReader reader, TypeCache types,
    WorkspaceMembership membership, ContextMemberLookup lookup, NodeList list)
{
    public async Task<ListResult<ExecutionResource>> HandleAsync(
        string workspace, string? run, ExecutionPageQuery query, HttpRequest request, CancellationToken cancellationToken) =>
        await ListAsync(await workspaces.GetIdAsync(workspace, cancellationToken), workspace, run, query, request, cancellationToken);

    /// <summary>
    /// Of any context; <paramref name="workspace"/> is that of records that do not say it themselves, null when it has to be looked up.
    /// </summary>
    public Task<ListResult<ExecutionResource>> ListAsync(
        long contextId, string? workspace, string? run, ExecutionPageQuery query, HttpRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, string?> workspaceOf = new Dictionary<long, string?>();
        var selects = query.Selector<Execution>((execution, field) => ExecutionFilter.ValueOf(
            execution, field, types.Find(execution.TypeId)?.Version, workspace ?? workspaceOf.GetValueOrDefault(execution.Id)));
        return list.RunAsync(
            query, request,
            new NodeQuery<Execution>
            {
                Read = async (options, token) =>
                {
                    var page = await ReadPageAsync(contextId, options, token);
                    await PrepareAsync(page.Nodes, token);
                    return page;
                },
                Keep = run is null ? selects : execution => IsOfRun(execution, run) && selects?.Invoke(execution) != false,
                Plan = _ => FilterPlan.Of(run is null ? null : ExecutionColumns.OfRun(run)).And(query.Plan(ExecutionColumns.Of)),
                LookUp = async token =>
                {
                    var found = await lookup.FindExecutionsAsync(contextId, query, token);
                    await PrepareAsync(found ?? [], token);
                    return found;
                },
            },
            executions => workspace is null
                ? reader.ToResourcesAsync(executions, cancellationToken)
                : reader.ToResourcesAsync(executions, workspace, cancellationToken),
            cancellationToken);

        // What the filter needs to know of each, beside the record.
        async Task PrepareAsync(IReadOnlyCollection<Execution> executions, CancellationToken token)
        {
            if (selects is not null)
            {
                await reader.LoadTypesAsync(executions, token);
            }

            if (workspace is null && query.Filters("workspace"))
            {
                workspaceOf = await membership.OfExecutionsAsync(executions, token);
            }
        }
    }

    /// <summary>The executions of a run, page by page, from the oldest on.</summary>
    public ValueTask<ReadNodes<Execution>> PagesOfRunAsync(long workspaceId, string run, CancellationToken cancellationToken) => list.PagesAsync(
        new NodeQuery<Execution>
        {
            Read = (options, token) => ReadPageAsync(workspaceId, options, token),
            Plan = _ => FilterPlan.Of(ExecutionColumns.OfRun(run)),
        },
        NodeOrder.ById, cancellationToken);

    private async Task<StorePage<Execution>> ReadPageAsync(long contextId, ListOperationOptions options, CancellationToken cancellationToken)
    {
        var answer = await client.GetExecutionsByContextAsync(new() { ContextId = contextId, Options = options }, cancellationToken: cancellationToken);
        return new StorePage<Execution>(answer.Executions, answer.NextPageToken);
    }

    /// <summary>By the custom property, which both the SDK and the gateway write; the SDK knows no run contexts.</summary>
    public static bool IsOfRun(Execution execution, string run) => execution.CustomProperties.GetText(KubeflowPropertyNames.Run) == run;
}
