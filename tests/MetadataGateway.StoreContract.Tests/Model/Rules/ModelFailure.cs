using Grpc.Core;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>A call that fails. The text is for whoever reads a failed test.</summary>
internal sealed class ModelFailure(StatusCode code, string reason) : Exception(reason)
{
    public StatusCode Code => code;

    public static ModelFailure Invalid(string reason) => new(StatusCode.InvalidArgument, reason);

    public static ModelFailure NotFound(string reason) => new(StatusCode.NotFound, reason);

    public static ModelFailure Exists(string reason) => new(StatusCode.AlreadyExists, reason);

    public static ModelFailure Unimplemented(string reason) => new(StatusCode.Unimplemented, reason);
}
