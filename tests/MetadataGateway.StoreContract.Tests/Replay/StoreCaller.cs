using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Replay;

/// <summary>The answer to a call: its status, and the message if that is OK.</summary>
internal sealed record StoreAnswer(string Status, IMessage? Response, string Detail);

/// <summary>Calls the methods of the service by name, with requests as bytes: some recorded ones hold fields that MLMD does not know.</summary>
internal sealed class StoreCaller(CallInvoker invoker)
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly ServiceDescriptor Service =
        MetadataStoreServiceReflection.Descriptor.Services.Single();

    public static MethodDescriptor Method(string name) => Service.FindMethodByName(name);

    public async Task<StoreAnswer> Call(string method, IMessage request, byte[]? suffix = null)
    {
        var descriptor = Method(method);
        var call = new Method<byte[], byte[]>(MethodType.Unary, Service.FullName, method, Bytes, Bytes);
        try
        {
            using var answer = invoker.AsyncUnaryCall(call, null, new CallOptions(), [.. request.ToByteArray(), .. suffix ?? []]);
            return new StoreAnswer("OK", descriptor.OutputType.Parser.ParseFrom(await answer), "");
        }
        catch (RpcException failure)
        {
            return new StoreAnswer(StatusName(failure.StatusCode), null, failure.Status.Detail);
        }
    }

    /// <summary>gRPC's own spelling, e.g. INVALID_ARGUMENT for InvalidArgument.</summary>
    public static string StatusName(StatusCode code) => code == StatusCode.OK
        ? "OK"
        : string.Concat(code.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToUpperInvariant();
}
