using System.Globalization;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.WireContract;

/// <summary>The same facts, from the descriptors that are compiled into the generated code.</summary>
internal static class DescriptorFacts
{
    // The first number beyond all field numbers.
    private const int EndOfNumbers = 536870912;

    public static SortedDictionary<string, string> Of(params FileDescriptor[] files)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            AddFile(facts, file);
            foreach (var message in file.MessageTypes)
                AddMessage(facts, message);
            foreach (var type in file.EnumTypes)
                AddEnum(facts, type);
            foreach (var extension in file.Extensions.UnorderedExtensions)
                AddExtension(facts, extension);
            foreach (var method in file.Services.SelectMany(service => service.Methods))
                AddMethod(facts, method);
        }

        return facts;
    }

    private static void AddFile(SortedDictionary<string, string> facts, FileDescriptor file)
    {
        var about = $"file {file.Name}";
        var proto = file.ToProto();
        facts.Add($"{about} package", file.Package);
        facts.Add($"{about} syntax", proto.HasSyntax ? proto.Syntax : "proto2");
        facts.Add($"{about} imports", string.Join(' ', proto.Dependency.Order(StringComparer.Ordinal)));
        facts.Add($"{about} public imports", string.Join(' ', file.PublicDependencies.Select(dependency => dependency.Name)));
    }

    private static void AddMessage(SortedDictionary<string, string> facts, MessageDescriptor message)
    {
        var about = $"message {message.FullName}";
        var proto = message.ToProto();
        facts.Add($"{about} file", message.File.Name);
        facts.Add($"{about} inside", message.ContainingType?.FullName ?? Fact.None);
        facts.Add($"{about} deprecated", Text(proto.Options?.Deprecated));
        facts.Add($"{about} oneofs", string.Join(' ', message.Oneofs.Select(oneof => oneof.Name)));
        facts.Add($"{about} reserved numbers", string.Join(' ', proto.ReservedRange.Select(range => Range(range.Start, range.End))));
        facts.Add($"{about} reserved names", string.Join(' ', proto.ReservedName));
        facts.Add($"{about} extension ranges", string.Join(' ', proto.ExtensionRange.Select(range => Range(range.Start, range.End))));
        foreach (var field in message.Fields.InDeclarationOrder())
            AddField(facts, $"{about} field {Text(field.FieldNumber)}", field);

        // Map fields have an entry message each, which is no message of the contract.
        foreach (var nested in message.NestedTypes.Where(nested => nested.ToProto().Options?.MapEntry != true))
            AddMessage(facts, nested);
        foreach (var type in message.EnumTypes)
            AddEnum(facts, type);
    }

    private static void AddField(SortedDictionary<string, string> facts, string about, FieldDescriptor field)
    {
        var proto = field.ToProto();
        facts.Add($"{about} name", field.Name);
        facts.Add($"{about} json_name", field.JsonName);
        facts.Add($"{about} label", field.IsMap ? "map" : Label(proto));
        facts.Add($"{about} type", field.IsMap ? "map" : Type(proto));
        facts.Add($"{about} type_name", field.IsMap ? Fact.None : TypeName(proto));
        facts.Add($"{about} oneof", field.RealContainingOneof?.Name ?? Fact.None);
        facts.Add($"{about} default", proto.HasDefaultValue ? proto.DefaultValue : Fact.None);
        facts.Add($"{about} packed", IsPackable(proto) ? Text(proto.Options?.Packed) : Fact.None);
        facts.Add($"{about} deprecated", Text(proto.Options?.Deprecated));
        if (!field.IsMap)
            return;

        var value = field.MessageType.FindFieldByNumber(2).ToProto();
        facts.Add($"{about} map key", Type(field.MessageType.FindFieldByNumber(1).ToProto()));
        facts.Add($"{about} map value", Type(value));
        facts.Add($"{about} map value type", TypeName(value));
    }

    private static void AddEnum(SortedDictionary<string, string> facts, EnumDescriptor type)
    {
        var about = $"enum {type.FullName}";
        var proto = type.ToProto();
        facts.Add($"{about} file", type.File.Name);
        facts.Add($"{about} inside", type.ContainingType?.FullName ?? Fact.None);
        facts.Add($"{about} aliases", Text(proto.Options?.AllowAlias));
        // Unlike those of messages, the ranges of enums include their end.
        facts.Add($"{about} reserved numbers", string.Join(' ', proto.ReservedRange.Select(range => Range(range.Start, range.End + 1))));
        facts.Add($"{about} reserved names", string.Join(' ', proto.ReservedName));
        foreach (var value in proto.Value)
        {
            var systemType = value.Options?.GetExtension(MetadataStoreExtensions.SystemTypeExtension);
            facts.Add($"{about} value {Text(value.Number)} name", value.Name);
            facts.Add($"{about} value {Text(value.Number)} system type", systemType?.TypeName ?? Fact.None);
        }
    }

    private static void AddExtension(SortedDictionary<string, string> facts, FieldDescriptor extension)
    {
        var about = $"extension {extension.FullName}";
        var proto = extension.ToProto();
        facts.Add($"{about} number", Text(extension.FieldNumber));
        facts.Add($"{about} extendee", proto.Extendee.TrimStart('.'));
        facts.Add($"{about} label", Label(proto));
        facts.Add($"{about} type", Type(proto));
        facts.Add($"{about} type_name", TypeName(proto));
        facts.Add($"{about} file", extension.File.Name);
    }

    private static void AddMethod(SortedDictionary<string, string> facts, MethodDescriptor method)
    {
        var about = $"method /{method.Service.FullName}/{method.Name}";
        facts.Add($"{about} request", method.InputType.FullName);
        facts.Add($"{about} response", method.OutputType.FullName);
        facts.Add($"{about} client_streaming", Text(method.IsClientStreaming));
        facts.Add($"{about} server_streaming", Text(method.IsServerStreaming));
        facts.Add($"{about} deprecated", Text(method.ToProto().Options?.Deprecated));
    }

    private static bool IsPackable(FieldDescriptorProto field) =>
        field.Label == FieldDescriptorProto.Types.Label.Repeated
        && Type(field) is not ("string" or "bytes" or "message" or "group");

    private static string Label(FieldDescriptorProto field) => Name(field.Label);

    private static string Type(FieldDescriptorProto field) => Name(field.Type);

    private static string TypeName(FieldDescriptorProto field) => field.HasTypeName ? field.TypeName.TrimStart('.') : Fact.None;

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Range(int start, int end) =>
        $"{Text(start)}-{(end == EndOfNumbers ? "max" : Text(end - 1))}";

    private static string Text(bool? value) => value == true ? "true" : "false";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
