using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>Sequences of all methods but those of lineage queries, writes about as often as reads.</summary>
internal static class RandomSequence
{
    private static readonly int[] Waits = [0, 0, 0, 1, 1, 2, 10, -2];

    private static readonly Dictionary<string, int> Weights = new()
    {
        ["PutTypes"] = 2,
        ["PutArtifactType"] = 2,
        ["PutExecutionType"] = 2,
        ["PutContextType"] = 2,
        ["PutArtifacts"] = 9,
        ["PutExecutions"] = 6,
        ["PutContexts"] = 7,
        ["PutEvents"] = 4,
        ["PutAttributionsAndAssociations"] = 4,
        ["PutParentContexts"] = 4,
        ["PutExecution"] = 9,
        ["PutLineageSubgraph"] = 9,
        ["GetArtifacts"] = 3,
        ["GetExecutions"] = 3,
        ["GetContexts"] = 3,
        ["GetArtifactsByType"] = 2,
        ["GetExecutionsByType"] = 2,
        ["GetContextsByType"] = 2,
        ["GetArtifactsByContext"] = 2,
        ["GetExecutionsByContext"] = 2,
    };

    /// <summary>The methods of the model.</summary>
    public static readonly IReadOnlyList<MethodDescriptor> Methods =
        [.. MetadataStoreServiceReflection.Descriptor.Services.Single().Methods
            .Where(method => !method.Name.StartsWith("GetLineage", StringComparison.Ordinal))];

    private static readonly MethodDescriptor[] Choices =
        [.. Methods.SelectMany(method => Enumerable.Repeat(method, Weights.GetValueOrDefault(method.Name, 1)))];

    public static readonly Arbitrary<CallSequence> Arbitrary =
        Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => Of(new Random(seed))), sequence => sequence.Shrink());

    private static CallSequence Of(Random random)
    {
        var requests = new RandomRequest(random);
        // Without types little else succeeds.
        var steps = Enumerable.Range(0, 3).Select(_ => new CallStep(requests.Of(PutTypesRequest.Descriptor), 0)).ToList();
        for (var count = random.Next(10, 60); count > 0; count--)
            steps.Add(new CallStep(requests.Of(random.Pick(Choices).InputType), random.Pick(Waits)));
        var isOnFile = random.Next(10) == 0;
        if (isOnFile)
            steps.Insert(random.Next(steps.Count), new CallStep(null, 0));
        return new CallSequence(steps, isOnFile);
    }
}
