"""Every address that a reader may open."""

from django.urls import path

from articles import feeds, sitemaps

# In every language: the first has no prefix, the others have theirs.
urlpatterns = [
    *(
        path(f"{prefix}{ending}", feeds.view(feed, feed_type), name=f"{feed.address}{suffix}")
        for prefix, feed in [
            ("", feeds.StoryFeed),
            ("section/<slug:slug>/", feeds.SectionFeed),
            ("author/<slug:slug>/", feeds.AuthorFeed),
            ("tag/<slug:slug>/", feeds.TagFeed),
        ]
        for ending, suffix, feed_type in [("feed/", "", feeds.RssFeed), ("feed/atom/", "_atom", feeds.AtomFeed)]
    ),
]

# Once for the whole site.
site_patterns = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-<int:year>-<int:month>.xml", sitemaps.month, name="sitemap_month"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
]
