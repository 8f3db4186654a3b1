using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>The list options and page tokens of any list method.</summary>
internal static class PageOptions
{
    private const string Token = "next_page_token";

    /// <summary>Null if there are none, or if the method takes none.</summary>
    public static ListOperationOptions? Of(IMessage request) =>
        request.Descriptor.FindFieldByName("options") is { } field
            ? field.Accessor.GetValue(request) as ListOperationOptions
            : null;

    /// <summary>The same request, with the token of the store in place of that of the model.</summary>
    public static IMessage WithToken(IMessage request, string? token)
    {
        if (token is null || Of(request) is null)
            return request;
        var copy = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        Of(copy)!.NextPageToken = token;
        return copy;
    }

    /// <summary>Null if there is none.</summary>
    public static string? NextToken(IMessage? response) =>
        response?.Descriptor.FindFieldByName(Token) is { } field && field.Accessor.HasValue(response)
            ? (string)field.Accessor.GetValue(response)
            : null;

    /// <summary>The same response, with a text that stands for any token.</summary>
    public static IMessage WithoutToken(IMessage response)
    {
        if (NextToken(response) is not { Length: > 0 })
            return response;
        var copy = response.Descriptor.Parser.ParseFrom(response.ToByteArray());
        copy.Descriptor.FindFieldByName(Token).Accessor.SetValue(copy, "<token>");
        return copy;
    }
}
