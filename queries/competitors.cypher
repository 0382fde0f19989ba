// title = "What competes with a method"
// docs = "Direct rivals first (said to improve on it, or compared with it, either way), then what shares its rivals, then what has its task and its data."
// questions = [
//   "which methods compete with {method}?",
//   "what competes with {method}?",
//   "which methods rival {method}?",
//   "what rivals {method}?",
//   "which methods are competing with {method}?",
//   "what is competing with {method}?",
//   "methods competing with {method}",
//   "what are the competitors of {method}?",
//   "which competitors does {method} have?",
//   "which methods are competitors of {method}?",
//   "who are {method}'s competitors?",
//   "with what does {method} compete?",
//   "with which methods does {method} compete?",
//   "what does {method} compete with?",
//   "which methods does {method} compete with?",
//   "what are the alternatives to {method}?",
//   "which methods are alternatives to {method}?",
//   "which alternatives to {method} are there?",
//   "which alternatives does {method} have?",
//   "what can I use instead of {method}?",
//   "which methods can I use instead of {method}?",
//   "what is an alternative to {method}?",
//   "competitors of {method}",
//   "alternatives to {method}",
//   "{method}'s competitors",
//   "{method}'s alternatives",
//   "{method} competitors",
//   "{method} alternatives",
//   "what else is there besides {method}?",
//   "what can replace {method}?",
//   "what is similar to {method}?",
//   "which methods are similar to {method}?",
//   "methods like {method}",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// unnamed = "unnamed method of {title}"
// tiers = [["improves-on", "improved-by", "compared-with"], ["same-rivals"], ["same-task", "same-data"]]
//
// [headings]
// named = ""
// alike = "not named together with {about}, but alike"
//
// [parameters.method]
// families = ["method", "dataset"]
// help = "the method, model or dataset whose competitors are asked for"
//
// [reasons]
// improves-on = "is said to improve on {about}"
// improved-by = "is said to be improved on by {about}"
// compared-with = "is compared with {about}"
// same-rivals = "shares rivals with {about}"
// same-task = "is made for the same task as {about}"
// same-data = "is evaluated on the same data as {about}"

// What a text compares is a rival, even if one builds on the other; what the method only builds on is a part of it,
// and the paper that introduces it is no rival. Indirect rivals are cut to the twenty that share most: hubs share with all.
CALL () {
  MATCH (x:Entity {id: $id})-[r:IMPROVES_ON|COMPARED_WITH]-(answer)
  WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
    AND NOT EXISTS { MATCH (answer)-[i:INTRODUCES]->(x) WHERE coalesce(i.rejected, false) = false }
  WITH x, answer, r, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  RETURN answer, r, p, '' AS via_id, '' AS via_name,
    CASE WHEN type(r) = 'COMPARED_WITH' THEN 'compared-with'
         WHEN startNode(r).id = $id THEN 'improved-by' ELSE 'improves-on' END AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[d:IMPROVES_ON|COMPARED_WITH]-(via)
  WHERE via.id <> $id AND coalesce(d.rejected, false) = false AND d.confidence >= $min_confidence
    AND NOT EXISTS { MATCH (via)-[i:INTRODUCES]->(x) WHERE coalesce(i.rejected, false) = false }
  WITH x, via, d.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH DISTINCT x, via
  MATCH (via)-[r:IMPROVES_ON|COMPARED_WITH]-(answer:Entity)
  WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  WITH x, via, answer, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH x, answer, count(DISTINCT via.id) AS shared, count(DISTINCT p.id) AS papers
  OPTIONAL MATCH (answer)-[d:IMPROVES_ON|COMPARED_WITH]-(x)
  WHERE coalesce(d.rejected, false) = false AND d.confidence >= $min_confidence
  WITH x, answer, shared, papers, d.paper AS source
  OPTIONAL MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH x, answer, shared, papers, count(p) AS direct
  WHERE direct = 0
    AND NOT EXISTS { MATCH (answer)<-[b:BUILDS_ON]-(x) WHERE coalesce(b.rejected, false) = false }
    AND NOT any(alias IN coalesce(x.aliases, []) WHERE toLower(alias) = toLower(answer.name))
    AND NOT any(alias IN coalesce(answer.aliases, []) WHERE toLower(alias) = toLower(x.name))
  WITH x, answer, shared, papers ORDER BY shared DESC, papers DESC, answer.id LIMIT 20
  MATCH (answer)-[r:IMPROVES_ON|COMPARED_WITH]-(via)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  WITH x, answer, via, r, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  MATCH (via)-[d:IMPROVES_ON|COMPARED_WITH]-(x)
  WHERE coalesce(d.rejected, false) = false AND d.confidence >= $min_confidence
    AND NOT EXISTS { MATCH (via)-[i:INTRODUCES]->(x) WHERE coalesce(i.rejected, false) = false }
  WITH answer, via, r, p, d.paper AS source
  MATCH (q:Paper {id: source})
  WHERE $year IS NULL OR q.year = $year
  WITH DISTINCT answer, via, r, p
  RETURN answer, r, p, via.id AS via_id, CASE WHEN via:Paper THEN via.title ELSE via.name END AS via_name,
    'same-rivals' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[e:ADDRESSES|EVALUATED_ON]->(via:Entity)
  WHERE coalesce(e.rejected, false) = false AND e.confidence >= $min_confidence
  WITH x, via, e.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH DISTINCT x, via
  MATCH (via)<-[r:ADDRESSES|EVALUATED_ON]-(answer:Entity)
  WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  WITH x, via, answer, type(r) AS relation, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH x, answer, count(DISTINCT relation) AS relations, count(DISTINCT via.id) AS shared, count(DISTINCT p.id) AS papers
  WHERE relations = 2
  OPTIONAL MATCH (answer)-[d:IMPROVES_ON|COMPARED_WITH]-(x)
  WHERE coalesce(d.rejected, false) = false AND d.confidence >= $min_confidence
  WITH x, answer, shared, papers, d.paper AS source
  OPTIONAL MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  WITH x, answer, shared, papers, count(p) AS direct
  WHERE direct = 0
    AND NOT EXISTS { MATCH (answer)<-[b:BUILDS_ON]-(x) WHERE coalesce(b.rejected, false) = false }
    AND NOT any(alias IN coalesce(x.aliases, []) WHERE toLower(alias) = toLower(answer.name))
    AND NOT any(alias IN coalesce(answer.aliases, []) WHERE toLower(alias) = toLower(x.name))
  WITH x, answer, shared, papers ORDER BY shared DESC, papers DESC, answer.id LIMIT 20
  MATCH (answer)-[r:ADDRESSES|EVALUATED_ON]->(via:Entity)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  WITH x, answer, via, r, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  MATCH (via)<-[e:ADDRESSES|EVALUATED_ON]-(x)
  WHERE coalesce(e.rejected, false) = false AND e.confidence >= $min_confidence
  WITH answer, via, r, p, e.paper AS source
  MATCH (q:Paper {id: source})
  WHERE $year IS NULL OR q.year = $year
  WITH DISTINCT answer, via, r, p
  RETURN answer, r, p, via.id AS via_id, via.name AS via_name,
    CASE WHEN type(r) = 'ADDRESSES' THEN 'same-task' ELSE 'same-data' END AS reason
}
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  reason, via_id, via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
