{{- define "metadata-gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "metadata-gateway.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "metadata-gateway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "metadata-gateway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "metadata-gateway.selectorLabels" -}}
app.kubernetes.io/name: {{ include "metadata-gateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "metadata-gateway.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "metadata-gateway.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "metadata-gateway.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* "true" with the embedded store, else empty. */ -}}
{{- define "metadata-gateway.embedded" -}}
{{- if not .Values.metadataStore.address }}true{{ end }}
{{- end }}

{{- /* "true" when pods listen for gRPC clients, else empty. */ -}}
{{- define "metadata-gateway.servesGrpc" -}}
{{- if and (include "metadata-gateway.embedded" .) .Values.embeddedStore.grpc.enabled }}true{{ end }}
{{- end }}

{{- define "metadata-gateway.claimName" -}}
{{- .Values.embeddedStore.persistence.existingClaim | default (include "metadata-gateway.fullname" .) }}
{{- end }}

{{- /* Combinations that the schema cannot judge. */ -}}
{{- define "metadata-gateway.validate" -}}
{{- $store := .Values.metadataStore }}
{{- if and (include "metadata-gateway.embedded" .) (gt (int .Values.replicaCount) 1) }}
{{- fail (printf "replicaCount is %d, but the embedded store runs as one replica only: its database file has one writer process. Set metadataStore.address to share an MLMD service between replicas." (int .Values.replicaCount)) }}
{{- end }}
{{- if $store.tls.secretName }}
{{- if not (hasPrefix "https://" $store.address) }}
{{- fail (printf "metadataStore.tls.secretName is set, but metadataStore.address (%q) is not an https:// address." $store.address) }}
{{- end }}
{{- if ne (empty $store.tls.certificateChain) (empty $store.tls.privateKey) }}
{{- fail "metadataStore.tls.certificateChain and metadataStore.tls.privateKey are set together or not at all." }}
{{- end }}
{{- else if or $store.tls.certificateChain $store.tls.privateKey }}
{{- fail "metadataStore.tls.certificateChain and metadataStore.tls.privateKey are keys of a Secret: set metadataStore.tls.secretName." }}
{{- end }}
{{- end }}
