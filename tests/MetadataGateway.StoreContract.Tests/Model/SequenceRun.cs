using Google.Protobuf;
using MetadataGateway.StoreContract.Tests.Model.Generation;
using MetadataGateway.StoreContract.Tests.Model.Rules;
using MetadataGateway.StoreContract.Tests.Replay;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>Runs a sequence against a new store and a new model, and compares each answer.</summary>
internal sealed class SequenceRun : IDisposable
{
    /// <summary>Reads that show everything, for the end of a run.</summary>
    private static readonly IMessage[] Overview =
    [
        new GetArtifactTypesRequest(), new GetExecutionTypesRequest(), new GetContextTypesRequest(),
        new GetArtifactsRequest(), new GetExecutionsRequest(), new GetContextsRequest(),
    ];

    private readonly SettableClock clock = new();
    private readonly StoreUnderTest store;
    private readonly ModelStore model;
    private readonly Tally tally;
    private readonly List<(long Time, IMessage? Request, StoreAnswer? Answer)> calls = [];
    private (string Store, string Model)? lastToken;

    private SequenceRun(bool isOnFile, Tally tally)
    {
        this.tally = tally;
        store = new StoreUnderTest(clock, isOnFile);
        model = new ModelStore(clock);
    }

    public static void Check(CallSequence sequence, Tally tally)
    {
        tally.AddSequence();
        using var run = new SequenceRun(sequence.IsOnFile, tally);
        foreach (var step in sequence.Steps)
            run.Do(step);
        run.CompareEverything();
    }

    public void Dispose() => store.Dispose();

    private void Do(CallStep step)
    {
        clock.Now += TimeSpan.FromMilliseconds(step.Wait);
        if (step.Request is null)
        {
            store.Reopen();
            tally.Reopened++;
            calls.Add((Now, null, null));
            CompareEverything();
            return;
        }
        var request = new Placeholders(model.Data).Resolve(step.Request);
        var options = PageOptions.Of(request);
        if (options?.NextPageToken == Placeholders.LastToken)
        {
            options.NextPageToken = lastToken?.Model ?? "";
            ComparePages(request, lastToken?.Store ?? "");
        }
        else
            ComparePages(request, options?.NextPageToken);
    }

    /// <summary>A list that goes on is read to its end.</summary>
    private void ComparePages(IMessage request, string? storeToken)
    {
        var isFirst = true;
        while (Compare(request, storeToken) is { } next)
        {
            if (isFirst)
                lastToken = next;
            else
                tally.FurtherPages++;
            isFirst = false;
            request = PageOptions.WithToken(request, next.Model);
            storeToken = next.Store;
        }
    }

    /// <summary>Makes one call to both. The tokens of the next page, if there is one.</summary>
    private (string Store, string Model)? Compare(IMessage request, string? storeToken)
    {
        var expected = model.Call(request);
        var storeRequest = PageOptions.WithToken(request, storeToken);
        var actual = store.Call(storeRequest);
        tally.Add(CallStep.MethodOf(request), actual.Status, expected.Detail);
        calls.Add((Now, storeRequest, actual));
        if (AnswerComparison.FirstDifference(expected, actual) is { } difference)
            throw new InvalidOperationException(
                $"{difference}\nThe model answers {Text(expected)}\nThe calls, and what the store answered:\n{CallTexts}");
        return PageOptions.NextToken(actual.Response) is { Length: > 0 } next ? (next, PageOptions.NextToken(expected.Response)!) : null;
    }

    private void CompareEverything()
    {
        foreach (var request in Overview)
            Compare(request, null);
        var artifacts = new GetEventsByArtifactIDsRequest { ArtifactIds = { Ids(ModelKind.Artifact) } };
        Compare(artifacts, null);
        foreach (var contextId in Ids(ModelKind.Context))
        {
            Compare(new GetArtifactsByContextRequest { ContextId = contextId }, null);
            Compare(new GetExecutionsByContextRequest { ContextId = contextId }, null);
            Compare(new GetParentContextsByContextRequest { ContextId = contextId }, null);
        }
    }

    private IEnumerable<long> Ids(ModelKind kind) => model.Data.Nodes[kind].Select(node => node.Id!.Value);

    private long Now => clock.Now.ToUnixTimeMilliseconds();

    private string CallTexts => string.Join('\n', calls.Select(Text));

    private static string Text((long Time, IMessage? Request, StoreAnswer? Answer) call) => call.Request is null
        ? "reopened"
        : $"{call.Time} {CallStep.MethodOf(call.Request)} {MessageFormatter.Format(call.Request)}\n    {Text(call.Answer!)}";

    private static string Text(StoreAnswer answer) =>
        answer.Response is null ? $"{answer.Status} ({answer.Detail})" : $"{answer.Status} {MessageFormatter.Format(answer.Response)}";
}
