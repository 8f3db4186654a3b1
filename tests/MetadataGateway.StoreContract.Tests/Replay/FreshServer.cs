using Google.Protobuf;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>Tells whether a server has stored nothing yet. Nothing can be deleted from MLMD, so an empty one is a new one.</summary>
internal static class FreshServer
{
    private static readonly string[] Lists =
        ["GetArtifactTypes", "GetExecutionTypes", "GetContextTypes", "GetArtifacts", "GetExecutions", "GetContexts"];

    public static async Task<bool> IsFresh(StoreCaller caller)
    {
        foreach (var method in Lists)
        {
            var request = StoreCaller.Method(method).InputType.Parser.ParseFrom(ByteString.Empty);
            var answer = await caller.Call(method, request);
            if (answer.Response is null)
                throw new InvalidOperationException($"{method} failed with {answer.Status}: {answer.Detail}");
            if (answer.Response.CalculateSize() > 0)
                return false;
        }
        return true;
    }
}
