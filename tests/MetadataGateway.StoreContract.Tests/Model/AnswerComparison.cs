using Google.Protobuf;
using MetadataGateway.StoreContract.Tests.Replay;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>Compares the answers of model and store: the status, and each field of the message, unset or set.</summary>
internal static class AnswerComparison
{
    private static readonly ResponseComparison Ordered = new(new HashSet<string>(), 0, 0);
    private static readonly ResponseComparison Unordered = new(new HashSet<string> { "artifacts" }, 0, 0);

    /// <summary>In words; null if there is none.</summary>
    public static string? FirstDifference(StoreAnswer expected, StoreAnswer actual)
    {
        if (expected.Status != actual.Status)
            return $"The status is {actual.Status} instead of {expected.Status}.";
        if (expected.Response is null || actual.Response is null)
            return null;
        var expectedResponse = PageOptions.WithoutToken(expected.Response);
        var actualResponse = PageOptions.WithoutToken(actual.Response);
        // Maps have no order, so different bytes do not mean different messages; equal ones do not differ, and are the rule.
        if (expectedResponse.ToByteString() == actualResponse.ToByteString())
            return null;
        return actualResponse is GetArtifactsByURIResponse byUri
            ? Scattered(byUri) ?? FirstDifference(Unordered, expectedResponse, actualResponse)
            : FirstDifference(Ordered, expectedResponse, actualResponse);
    }

    private static string? FirstDifference(ResponseComparison comparison, IMessage expected, IMessage actual) =>
        comparison.FirstDifference(MessageFormatter.Format(expected), MessageFormatter.Format(actual));

    /// <summary>The order of the URIs is free, that of the artifacts of each is not.</summary>
    private static string? Scattered(GetArtifactsByURIResponse response) =>
        response.Artifacts
            .GroupBy(artifact => artifact.Uri)
            .SelectMany(group => group.OrderBy(artifact => artifact.Id))
            .SequenceEqual(response.Artifacts)
            ? null
            : "The artifacts are not grouped by URI and ordered by id.";
}
